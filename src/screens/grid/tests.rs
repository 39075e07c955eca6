//! What a table asks for and shows, without a browser.

use super::state::{Said, State};
use super::{Cell, Cells, Line, Lines, Order, Span};

/// Answers as a store with so many rows would.
fn answer(span: &Span, total: u32) -> Lines {
    let rows = span.skip..span.skip.saturating_add(span.take).min(total);
    let row = |row: u32| {
        let text = format!("{}{}{row}", span.find, if span.order.ascending { "a" } else { "" });
        Line { id: row.to_string().into(), cells: Cells::later(move || vec![Cell::text(text)]), ..Line::default() }
    };
    Lines { total: total.into(), all: None, lines: rows.map(row).collect() }
}

fn begun(total: u32) -> State {
    let mut state = State::new(Order::default(), String::new());
    let (number, span) = state.missing().unwrap();
    assert_eq!((span.skip, span.take), (0, 100));
    let (is_taken, next) = state.answer(number, answer(&span, total));
    assert!(is_taken && next.is_none());
    state
}

fn said(state: &State, row: u32) -> Option<&str> {
    state.rows.get(row).map(|line| line.cells[0].text.as_str())
}

#[test]
fn while_somebody_scrolls_on_only_the_newest_rows_are_asked_for() {
    let mut state = begun(100_000);
    assert!(state.go(state.scale.at(320_000.0)));
    let (number, span) = state.missing().unwrap();
    assert_eq!((span.skip, span.take), (9_900, 200));
    for real in [640_000.0, 1_280_000.0, 2_560_000.0] {
        state.go(state.scale.at(real));
        assert!(state.missing().is_none(), "one question at a time");
    }
    let (is_taken, next) = state.answer(number, answer(&span, 100_000));
    assert!(is_taken);
    assert_eq!(next.map(|(_, span)| span.skip), Some(79_900), "of those between nobody asks");
}

#[test]
fn an_answer_to_an_older_question_is_never_shown() {
    let mut state = begun(1_000);
    state.go(state.scale.at(16_000.0));
    let (old, old_span) = state.missing().unwrap();
    state.order.ascending = true;
    let (new, new_span) = state.anew(true).unwrap();
    assert_eq!((new_span.skip, new_span.take), (0, 100));
    let (is_taken, next) = state.answer(old, answer(&old_span, 1_000));
    assert!(!is_taken && next.is_none() && said(&state, 500).is_none());
    assert_eq!(said(&state, 0), Some("0"), "the old rows stand until the new ones come");
    assert!(state.answer(new, answer(&new_span, 1_000)).0);
    assert_eq!((said(&state, 0), state.place.real.to_bits()), (Some("a0"), 0));
}

#[test]
fn more_in_the_store_is_asked_for_where_somebody_looks() {
    let mut state = begun(1_000);
    state.go(state.scale.at(16_000.0));
    let (first, span) = state.missing().unwrap();
    assert!(state.grown().is_none(), "after the answer that is on its way");
    let (_, next) = state.answer(first, answer(&span, 1_000));
    let (number, span) = next.unwrap();
    assert_eq!((span.skip, span.take), (400, 200));
    assert_eq!((state.answer(number, answer(&span, 2_000)).1, state.total), (None, Some(2_000)));
    assert_eq!(state.drawn, 490..530);
    assert!(said(&state, 0).is_none(), "what is old and out of sight is let go");
}

#[test]
fn fewer_rows_than_before_bring_the_end_back() {
    let mut state = begun(1_000);
    state.go(state.scale.at(f64::MAX));
    let (number, span) = state.missing().unwrap();
    state.answer(number, answer(&span, 1_000));
    state.come_to(999);
    let (number, span) = state.anew(false).unwrap();
    let (_, next) = state.answer(number, answer(&span, 50));
    assert_eq!((state.drawn.clone(), state.current), (20..50, Some(49)));
    assert_eq!(next.map(|(_, span)| span.skip), Some(0));
}

#[test]
fn a_search_tells_of_how_many() {
    let mut state = begun(3_456);
    state.find = "x".into();
    let (number, span) = state.anew(true).unwrap();
    state.answer(number, answer(&span, 12));
    assert_eq!((state.total, state.all), (Some(12), Some(3_456)));
    let (number, span) = state.grown().unwrap();
    state.answer(number, answer(&span, 13));
    assert_eq!((state.total, state.all), (Some(13), None), "not known any more");
}

#[test]
fn a_range_is_selected_with_rows_that_are_not_there() {
    let mut state = begun(20_000);
    state.come_to(0);
    state.toggle(0);
    let mut next = state.extend(0, 5_999);
    let mut asked = Vec::new();
    while let Some((number, span)) = next {
        assert_eq!(state.said, Said::Selecting);
        asked.push((span.skip, span.take));
        next = state.extended(number, answer(&span, 20_000));
    }
    assert_eq!(asked, [(100, 2_500), (2_600, 2_500), (5_100, 900)]);
    assert_eq!((state.chosen.len(), state.said), (6_000, Said::Nothing));
    // One more is one question; one less is none.
    assert_eq!(state.extend(5_999, 6_000).map(|(_, span)| (span.skip, span.take)), Some((6_000, 1)));
    assert!(state.extend(6_000, 10).is_none());
    assert_eq!(state.chosen.len(), 11);
    // To the end: as many as can be, beginning where the range does.
    let mut next = state.extend(10, 19_999);
    while let Some((number, span)) = next {
        next = state.extended(number, answer(&span, 20_000));
    }
    assert_eq!((state.chosen.len(), state.said), (10_000, Said::Limit));
    assert!(state.is_all_chosen() && state.choose_all().is_none() && state.chosen.is_empty());
}
