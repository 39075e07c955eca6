//! Files that are ordered, made one after the other.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, Url};
use yew::Callback;

use dmarcscope::analysis::{Answer, Ask, Query};
use dmarcscope::export::{Format, Job, Redaction, Saved};

use super::super::address::View;
use super::super::client::Client;
use super::super::ui::Ui;
use super::choice::{Kind, carried};
use super::making::{Making, Told, words_of};
use super::{page, summary};

/// A file to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What it is to be.
    pub kind: Kind,
    /// Which records, and how they are looked at.
    pub view: View,
    /// Whether it holds all there is, so that the view's filter is still of use in it.
    pub is_all: bool,
    /// What is made unrecognizable.
    pub redaction: Redaction,
    /// The file's name.
    pub name: String,
}

/// A file that is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// Where the browser has it.
    pub address: String,
    /// Its bytes.
    pub size: f64,
    /// What it holds; none of a summary.
    pub saved: Option<Saved>,
}

/// How far a list of orders is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nothing is ordered.
    #[default]
    Idle,
    /// This file is being made: so many rows of all.
    Making(String, u64, u64),
    /// All are there.
    Made(Vec<Made>),
    /// One cannot be made, for this reason.
    Failed(String),
}

/// Makes files; dropping it ends the work and gives the files back.
pub struct Orders {
    client: Rc<Client>,
    words: Ui,
    waiting: RefCell<VecDeque<Order>>,
    made: RefCell<Vec<Made>>,
    making: RefCell<Option<Rc<Making>>>,
    on_state: Callback<State>,
}

impl Orders {
    /// Begins to make files.
    pub fn begin(client: Rc<Client>, words: Ui, orders: Vec<Order>, on_state: Callback<State>) -> Rc<Self> {
        let waiting = RefCell::new(orders.into());
        let (made, making) = (RefCell::default(), RefCell::default());
        let orders = Rc::new(Self { client, words, waiting, made, making, on_state });
        orders.go_on();
        orders
    }

    fn go_on(self: &Rc<Self>) {
        *self.making.borrow_mut() = None;
        let next = self.waiting.borrow_mut().pop_front();
        let Some(order) = next else { return self.on_state.emit(State::Made(self.made.borrow().clone())) };
        self.on_state.emit(State::Making(order.name.clone(), 0, 0));
        match order.kind {
            Kind::Summary => self.summarize(order),
            Kind::Records(Format::Page) => self.wrap(order),
            Kind::Records(format) => self.make(order, format, None),
        }
    }

    fn summarize(self: &Rc<Self>, order: Order) {
        let weak = Rc::downgrade(self);
        let query = summary::asked(&order.view);
        let reply = Callback::from(move |answers: Vec<Answer>| {
            let Some(orders) = weak.upgrade() else { return };
            let text = summary::markdown(&orders.words, &order.view, &answers);
            let kind = BlobPropertyBag::new();
            kind.set_type("text/markdown;charset=utf-8");
            match Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind) {
                Ok(blob) => orders.keep(&order.name, None, &blob),
                Err(error) => orders.fail(words_of(&error)),
            }
        });
        self.client.answers(query, reply);
    }

    /// Asks for the headline figures and the viewer first, which stand around the data.
    fn wrap(self: &Rc<Self>, order: Order) {
        let weak = Rc::downgrade(self);
        let query = Query { filter: order.view.selected(), zone: order.view.clock.zone(), asks: vec![Ask::Totals] };
        let reply = Callback::from(move |answers: Vec<Answer>| {
            let (weak, order) = (weak.clone(), order.clone());
            spawn_local(async move {
                let Some(orders) = weak.upgrade() else { return };
                let headline = match answers.first() {
                    Some(Answer::Totals(totals)) => summary::headline(&orders.words, totals),
                    _ => Vec::new(),
                };
                let (title, view) = (orders.words.say("summary-title"), carried(&order.view, order.is_all).write());
                match page::around(&view, &title, &headline).await {
                    Ok(around) => orders.make(order, Format::Page, Some(around)),
                    Err(error) => orders.fail(words_of(&error)),
                }
            });
        });
        self.client.answers(query, reply);
    }

    fn make(self: &Rc<Self>, order: Order, format: Format, around: Option<(String, String)>) {
        let filter = if order.is_all { Default::default() } else { order.view.selected() };
        let job = Job { filter, zone: order.view.clock.zone(), format, redaction: order.redaction, around };
        let (weak, name) = (Rc::downgrade(self), order.name);
        let told = Callback::from(move |told: Told| {
            let Some(orders) = weak.upgrade() else { return };
            match told {
                Told::Rows(done, all) => orders.on_state.emit(State::Making(name.clone(), done, all)),
                Told::Done(saved, blob) => orders.keep(&name, Some(saved), &blob),
                Told::Failed(words) => orders.fail(words),
            }
        });
        *self.making.borrow_mut() = Some(Making::begin(&self.client, job, told));
    }

    fn keep(self: &Rc<Self>, name: &str, saved: Option<Saved>, blob: &Blob) {
        match Url::create_object_url_with_blob(blob) {
            Ok(address) => {
                let made = Made { name: name.to_owned(), address, size: blob.size(), saved };
                self.made.borrow_mut().push(made);
                self.go_on();
            }
            Err(error) => self.fail(words_of(&error)),
        }
    }

    fn fail(&self, words: String) {
        *self.making.borrow_mut() = None;
        self.waiting.borrow_mut().clear();
        self.on_state.emit(State::Failed(words));
    }
}

impl Drop for Orders {
    fn drop(&mut self) {
        for made in self.made.borrow().iter() {
            // One that is gone already is as good.
            let _ = Url::revoke_object_url(&made.address);
        }
    }
}
