//! Answers of the store as state of a component.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Filter, Query, Zone};

use super::client::Client;

/// The answers to questions about the records that meet a filter, in their order; none until the first have come. When a
/// question changes the old answers stay until the new ones are there.
#[hook]
pub fn use_answers(client: &Rc<Client>, filter: &Filter, asks: Vec<Ask>, growth: u32) -> Option<Rc<[Answer]>> {
    let answers = use_state(|| None::<Rc<[Answer]>>);
    let (setter, latest) = (answers.setter(), use_mut_ref(|| 0_u32));
    let deps = (client.clone(), Query { filter: filter.clone(), zone: Zone::UTC, asks }, growth);
    use_effect_with(deps, move |(client, query, _)| {
        let number = latest.borrow().wrapping_add(1);
        *latest.borrow_mut() = number;
        // An answer to a question that is no longer the latest is not shown.
        let reply = Callback::from(move |answers: Vec<Answer>| {
            if *latest.borrow() == number {
                setter.set(Some(answers.into()));
            }
        });
        client.answers(query.clone(), reply);
    });
    (*answers).clone()
}
