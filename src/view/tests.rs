//! Components rendered to text on the host.

use std::rc::Rc;

use yew::LocalServerRenderer;
use yew::prelude::*;

use dmarcscope::analysis::Totals;
use dmarcscope::report::Figures;
use dmarcscope::text::{Plain, Words};

use super::address::View;
use super::session::reading::Progress;
use super::ui::Ui;
use super::{figures, progress};

/// Shows what it is given, in plain English.
#[derive(Properties)]
struct Props {
    draw: Rc<dyn Fn(&Ui) -> Html>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draw, &other.draw)
    }
}

#[component]
fn Show(props: &Props) -> Html {
    (props.draw)(&Ui(Rc::new(Words::english(Box::new(Plain)))))
}

fn rendered(draw: impl Fn(&Ui) -> Html + 'static) -> String {
    let props = Props { draw: Rc::new(draw) };
    let html = pollster::block_on(LocalServerRenderer::<Show>::with_props(props).hydratable(false).render());
    assert!(!html.contains("style="), "an inline style, which the page's policy blocks: {html}");
    html
}

#[test]
fn each_figure_carries_its_plain_integer() {
    let totals = Totals {
        figures: Figures { records: 4, passed: 1_234_567, failed: 5, unknown: 6 },
        reports: 2,
        sources: 3,
        reporters: 1,
        domains: 9,
        first: Some(20_000),
        last: Some(20_001),
    };
    let html = rendered(move |words| figures::figures(words, &figures::Props { totals, of: View::default() }));
    for (metric, value) in
        [("messages", 1_234_578), ("passed", 1_234_567), ("failed", 5), ("unknown", 6), ("records", 4)]
    {
        assert!(html.contains(&format!(r#"data-metric="{metric}" data-value="{value}""#)), "{metric} in {html}");
    }
    assert!(html.contains("1,234,578") && html.contains("2024-10-04 to 2024-10-05"), "{html}");
}

#[test]
fn progress_says_how_far_it_is() {
    let html = rendered(|words| {
        let far = Progress { done: 1, total: 1_000, bytes: 1, size: 2_500_000, at: Some(1) };
        let props = progress::Props { progress: far, reading: Some("a.zip".into()), on_cancel: Callback::noop() };
        progress::progress_bar(words, &props)
    });
    assert!(html.contains("1 of 1,000 files, 1 of 3 MB") && html.contains("Reading a.zip"), "{html}");
    assert!(html.contains(r#"id="cancel""#) && html.contains(r#"max="2500000""#), "{html}");
}
