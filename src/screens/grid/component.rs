use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use dmarcscope::analysis::Order;

use super::page::focus;
use super::state::{Said, State};
use super::{Column, Lines, Props, Span, draw, kept};

/// Milliseconds without a key before a search begins.
const PAUSE: u32 = 200;

/// What happens to a table.
#[derive(Debug)]
pub enum Message {
    Scrolled,
    Resized,
    /// The sizes were taken in, and are not what was drawn for.
    Measured,
    Answer(u32, Lines),
    Ranged(u32, Lines),
    Sort(&'static Column),
    Typed(String),
    Find,
    Turned(&'static str),
    Key(KeyboardEvent),
    Click(MouseEvent),
    All,
    Copy,
    Copied(Said),
    /// The other thing is done with the selected rows.
    Act,
    Clear,
    /// The drawer turns to another row.
    Turn(u32),
    /// The drawer is not wanted any more.
    Close,
    /// A press at some place of the page: one outside of the menu closes it.
    Pressed(Element),
    /// The menu is left by its key.
    Leave,
}

/// A table of any length.
pub struct Grid {
    pub(super) state: State,
    /// Columns that are shown although they were hidden at first, or the other way round.
    pub(super) turned: Vec<&'static str>,
    /// What stands in the search box.
    pub(super) typed: String,
    pub(super) at_box: NodeRef,
    pub(super) at_menu: NodeRef,
    pub(super) waiting: Option<Timeout>,
    pub(super) listeners: Vec<EventListener>,
    /// What is to be done to the elements once they are there.
    pub(super) is_measured: bool,
    pub(super) must_scroll: bool,
    pub(super) must_focus: bool,
    pub(super) must_enter: bool,
    /// Whether the drawer is open.
    pub(super) is_open: bool,
    pub(super) at_title: NodeRef,
}

impl Component for Grid {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let kept = kept::recall(props.name);
        let order = kept.as_ref().map_or(props.order, |kept| kept.order);
        let mut grid = Self {
            typed: String::new(),
            state: State::new(order, String::new()),
            turned: Vec::new(),
            at_box: NodeRef::default(),
            at_menu: NodeRef::default(),
            waiting: None,
            listeners: Vec::new(),
            is_measured: false,
            must_scroll: false,
            must_focus: false,
            must_enter: false,
            is_open: false,
            at_title: NodeRef::default(),
        };
        if let Some(kept) = kept {
            grid.turned = kept.turned;
            if let Some((of, place, scale, current)) = kept.at
                && of == props.of
            {
                grid.state.restore(place, scale, current);
                grid.must_scroll = true;
            }
        }
        let question = grid.state.missing();
        grid.ask(ctx, question);
        grid
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let props = ctx.props();
        let is_of_other = props.of != old.of;
        let question = if props.load != old.load || is_of_other {
            if is_of_other {
                self.state.chosen.clear();
            }
            self.state.forget_all();
            self.state.anew(is_of_other)
        } else if props.growth != old.growth {
            self.state.grown()
        } else {
            None
        };
        self.ask(ctx, question);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Scrolled => return self.scrolled(ctx),
            Message::Resized => return self.measure(ctx),
            Message::Measured => {}
            Message::Answer(number, lines) => {
                let (before, total) = (self.state.place, self.state.total);
                let (is_taken, question) = self.state.answer(number, lines);
                // Set back to where it was last seen it would stutter while somebody scrolls.
                self.must_scroll |= self.state.place != before;
                // With more rows the box may be taller.
                self.is_measured &= self.state.total == total;
                self.ask(ctx, question);
                return is_taken;
            }
            Message::Ranged(number, lines) => {
                let question = self.state.extended(number, lines);
                self.ask_range(ctx, question);
            }
            Message::Sort(column) => {
                let Some(by) = column.sort else { return false };
                let is_ordered = self.state.order.by == by;
                let ascending = if is_ordered { !self.state.order.ascending } else { column.ascending_first };
                self.state.order = Order { by, ascending };
                let question = self.state.anew(true);
                self.ask(ctx, question);
            }
            Message::Typed(text) => {
                self.typed = text;
                let link = ctx.link().clone();
                self.waiting = Some(Timeout::new(PAUSE, move || link.send_message(Message::Find)));
            }
            Message::Find => {
                let find = self.typed.trim();
                if self.state.find == find {
                    return false;
                }
                self.state.find = find.to_owned();
                let question = self.state.anew(true);
                self.ask(ctx, question);
            }
            Message::Turned(key) => match self.turned.iter().position(|turned| *turned == key) {
                Some(place) => drop(self.turned.remove(place)),
                None => self.turned.push(key),
            },
            Message::Key(event) => return self.key(ctx, &event),
            Message::Click(event) => return self.click(ctx, &event),
            Message::All => self.all(ctx),
            Message::Copy => self.copy(ctx),
            Message::Copied(said) => self.state.said = said,
            Message::Act => {
                if let Some(on_act) = &ctx.props().on_act {
                    on_act.emit(self.state.chosen.lines().into_iter().map(|line| line.id.clone()).collect());
                }
                return false;
            }
            Message::Clear => {
                self.state.chosen.clear();
                (self.state.said, self.state.range) = (Said::Nothing, None);
                self.focus_box();
            }
            Message::Turn(row) => {
                self.come_to(ctx, row);
                // The button keeps the focus: it may be pressed again.
                self.must_focus = false;
            }
            Message::Close => self.close(),
            Message::Pressed(at) => {
                if let Some(menu) = self.menu().filter(|menu| !menu.contains(Some(&at))) {
                    menu.set_open(false);
                }
                return false;
            }
            Message::Leave => {
                if let Some(menu) = self.menu() {
                    menu.set_open(false);
                    if let Ok(Some(summary)) = menu.query_selector("summary") {
                        focus(summary.unchecked_ref());
                    }
                }
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        draw::whole(self, ctx.props(), ctx.link())
    }

    fn rendered(&mut self, ctx: &Context<Self>, is_first: bool) {
        if is_first {
            self.listen(ctx);
        }
        if !self.is_measured && self.measure(ctx) {
            ctx.link().send_message(Message::Measured);
        }
        let Some(at_box) = self.at_box.cast::<HtmlElement>() else { return };
        if self.must_scroll && self.state.scale.total > 0 {
            self.must_scroll = false;
            #[expect(clippy::cast_possible_truncation, reason = "no taller than browsers draw")]
            at_box.set_scroll_top(self.state.place.top.round() as i32);
        }
        if std::mem::take(&mut self.must_focus)
            && let Some(row) = self.state.current
            && let Ok(Some(row)) = at_box.query_selector(&format!("[aria-rowindex=\"{}\"]", row.saturating_add(2)))
        {
            focus(row.unchecked_ref());
        }
        self.enter();
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        let State { order, place, scale, current, .. } = self.state;
        // A search is over with the visit, and with it the places of its rows.
        let at = self.state.find.is_empty().then(|| (ctx.props().of.clone(), place, scale, current));
        kept::keep(ctx.props().name, kept::Kept { turned: self.turned.clone(), order, at });
    }
}

impl Grid {
    /// Whether a column is shown.
    pub(super) fn is_shown(&self, column: &Column) -> bool {
        column.shown != self.turned.contains(&column.key)
    }

    fn menu(&self) -> Option<HtmlDetailsElement> {
        self.at_menu.cast()
    }

    pub(super) fn ask(&self, ctx: &Context<Self>, question: Option<(u32, Span)>) {
        if let Some((number, span)) = question {
            ctx.props().load.emit((span, ctx.link().callback(move |lines| Message::Answer(number, lines))));
        }
    }

    pub(super) fn ask_range(&self, ctx: &Context<Self>, question: Option<(u32, Span)>) {
        if let Some((number, span)) = question {
            ctx.props().load.emit((span, ctx.link().callback(move |lines| Message::Ranged(number, lines))));
        }
    }
}

/// The value of the search box.
pub fn value(event: &InputEvent) -> String {
    event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}
