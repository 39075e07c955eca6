//! Answers of the store as state of a component.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Dimension, Order, Query};

use super::address::View;
use super::client::Client;

/// Questions about the records of a view.
pub fn query(view: &View, asks: Vec<Ask>) -> Query {
    Query { filter: view.selected(), zone: view.clock.zone(), asks }
}

/// The question for the biggest groups by a dimension, with nothing beside their figures.
pub fn biggest(by: Dimension, take: u32) -> Ask {
    Ask::Groups { by, order: Order::default(), skip: 0, take, find: String::new(), within: Vec::new(), most: 0 }
}

/// The answers to a query's questions, in their order; none until the first have come. When a
/// question changes the old answers stay until the new ones are there.
#[hook]
pub fn use_answers(client: &Rc<Client>, query: Query, growth: u32) -> Option<Rc<[Answer]>> {
    use_answers_of(client, query, growth, Client::answers)
}

/// The same, after all that others ask: for what may come a moment later than figures and charts.
#[hook]
pub fn use_late_answers(client: &Rc<Client>, query: Query, growth: u32) -> Option<Rc<[Answer]>> {
    use_answers_of(client, query, growth, Client::answers_later)
}

#[hook]
fn use_answers_of(
    client: &Rc<Client>,
    query: Query,
    growth: u32,
    ask: fn(&Client, Query, Callback<Vec<Answer>>),
) -> Option<Rc<[Answer]>> {
    let answers = use_state(|| None::<Rc<[Answer]>>);
    let (setter, latest) = (answers.setter(), use_mut_ref(|| 0_u32));
    let deps = (client.clone(), query, growth);
    use_effect_with(deps, move |(client, query, _)| {
        let number = latest.borrow().wrapping_add(1);
        *latest.borrow_mut() = number;
        // An answer to a question that is no longer the latest is not shown.
        let reply = Callback::from(move |answers: Vec<Answer>| {
            if *latest.borrow() == number {
                setter.set(Some(answers.into()));
            }
        });
        ask(client, query.clone(), reply);
    });
    (*answers).clone()
}
