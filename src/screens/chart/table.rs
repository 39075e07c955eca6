//! The figures behind the chart, for whoever cannot or would rather not read bars.

use std::rc::Rc;

use web_sys::HtmlDetailsElement;
use yew::prelude::*;

use super::component::Words;
use super::trend::{Day, Series};

/// Properties of [`TrendTable`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// Start of the ids in here.
    pub id: AttrValue,
    /// The words.
    pub words: Words,
    /// The days, oldest first.
    pub days: Rc<[Day]>,
    /// The series.
    pub series: Rc<[Series]>,
    /// Writes a count in full.
    pub number: Callback<u64, String>,
    /// Whether the table is open at first.
    pub open: bool,
}

/// Days × series, folded away. The rows are made only once it is opened: they are most of the page otherwise.
#[component]
pub fn TrendTable(props: &TableProps) -> Html {
    let TableProps { id, words, days, series, number, .. } = props;
    let open = use_state_eq(|| props.open);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            if let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() {
                open.set(details.open());
            }
        })
    };
    let heads = std::iter::once(words.date.clone())
        .chain(series.iter().map(|series| AttrValue::from(series.label.clone())))
        .chain(std::iter::once(words.total.clone()))
        .enumerate();
    let rows = days.iter().filter(|_| *open).map(|day| row(day, series.len(), words, number));
    let label = format!("{id}-table");
    html! {
        <details class="chart-table" open={*open} {ontoggle}>
            <summary id={label.clone()}>{ &words.table }</summary>
            // It scrolls, so the keyboard must be able to get in.
            <div class="chart-table-scroll" role="region" tabindex="0" aria-labelledby={label}>
                <table>
                    <caption class="chart-unseen">{ &words.title }</caption>
                    <thead>
                        <tr>{ for heads.map(|(key, head)| html! { <th {key} scope="col">{ head }</th> }) }</tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </details>
    }
}

fn row(day: &Day, series: usize, words: &Words, number: &Callback<u64, String>) -> Html {
    let cells: Vec<Html> = if day.gap {
        let colspan = (series + 1).to_string();
        vec![html! { <td key="gap" class="chart-none" {colspan}>{ &words.gap }</td> }]
    } else {
        let counts = (0..series).map(|index| day.value(index)).chain(std::iter::once(day.total()));
        counts.enumerate().map(|(key, count)| html! { <td {key}>{ number.emit(count) }</td> }).collect()
    };
    // The row head comes in the same list, as all children of a row need keys.
    let notes = [(day.long, &words.long), (!day.gap && day.missing > 0, &words.incomplete)];
    let notes = notes.into_iter().filter(|(is, _)| *is).map(|(_, note)| html! { <small>{ note }</small> });
    html! {
        <tr key={day.start.to_string()}>
            <th key="date" scope="row">{ &day.label }{ for notes }</th>
            { for cells }
        </tr>
    }
}
