use yew::LocalServerRenderer;

use super::*;

fn props(count: usize, table_open: bool) -> TrendProps {
    let day = |n: usize| Day {
        start: 20_000 + n as i64,
        end: 20_000 + n as i64,
        label: format!("Day-{n}"),
        values: vec![1000 + n as u64, 20],
        gap: n == 2,
        long: n == 3,
        missing: u32::from(n == 4),
    };
    let series = |label: &str, class, pattern| Series { label: label.into(), class, pattern, href: String::new() };
    TrendProps {
        id: "trend".into(),
        words: Words {
            title: "W-title".into(),
            summary: "W-summary <b>".into(),
            help: "W-help".into(),
            table: "W-table".into(),
            date: "W-date".into(),
            total: "W-total".into(),
            gap: "W-gap".into(),
            incomplete: "W-incomplete".into(),
            long: "W-long".into(),
            save: ["W-svg".into(), "W-png".into()],
        },
        days: (0..count).map(day).collect(),
        series: Rc::new([
            series("S-pass", "outcome-pass", Pattern::Plain),
            series("S-fail", "outcome-fail", Pattern::Slanted),
        ]),
        compact: Callback::from(|n: u64| format!("{n}c")),
        number: Callback::from(|n: u64| format!("{n}n")),
        readout: Callback::from(|(first, last): (usize, usize)| format!("readout {first} {last}")),
        on_select: Callback::noop(),
        height: 240,
        table_open,
    }
}

fn render(props: TrendProps) -> String {
    pollster::block_on(LocalServerRenderer::<TrendChart>::with_props(props).hydratable(false).render())
}

#[test]
fn the_figure_is_named_described_and_reached_once() {
    let html = render(props(10, false));
    assert!(html.starts_with("<figure"));
    assert!(html.contains(r#"aria-labelledby="trend-title""#) && html.contains(r#"id="trend-title""#));
    assert!(html.contains(r#"aria-describedby="trend-summary trend-help""#));
    assert!(html.contains(r#"id="trend-summary""#) && html.contains(r#"id="trend-help""#));
    assert!(html.contains(r#"role="application""#));
    assert!(html.contains(r#"viewBox="0 0 720 240""#));
    assert!(html.contains(r#"aria-live="polite""#));
    let svg = html.split("<svg").find(|svg| svg.contains("chart-stage")).unwrap();
    let svg = svg.split("</svg>").next().unwrap();
    assert_eq!(svg.matches("tabindex").count(), 1);
    assert!(svg.contains("1500c"), "counts on the axis are written by the formatter given: {svg}");
}

#[test]
fn no_style_no_colour_and_no_words_of_its_own() {
    let html = render(props(10, true));
    assert!(!html.contains("style="));
    assert!(!html.contains("#0") && !html.contains("#f") && !html.contains("rgb("));
    assert!(html.contains("W-summary &lt;b&gt;"), "text stays text");
    let text = html.split('>').filter_map(|piece| piece.split_once('<')).map(|(text, _)| text);
    for text in text.filter(|text| !text.is_empty()) {
        let given = ["W-", "S-", "Day-"].iter().any(|start| text.starts_with(start));
        let count = text.trim_end_matches(['c', 'n']).parse::<u64>().is_ok();
        assert!(given || count, "{text:?} is hard-coded");
    }
}

#[test]
fn the_table_has_every_day_once_it_is_open() {
    let closed = render(props(10, false));
    assert!(closed.contains("<details") && closed.contains("W-table"));
    assert_eq!(closed.matches(r#"scope="row""#).count(), 0);
    let html = render(props(10, true));
    assert_eq!(html.matches(r#"scope="row""#).count(), 10);
    assert_eq!(html.matches(r#"scope="col""#).count(), 4);
    assert!(html.contains("<td>1001n</td><td>20n</td><td>1021n</td>"));
    assert!(html.contains(r#"colspan="3""#) && html.contains("W-gap</td>"));
    assert!(!html.contains("1002n"), "a day without report shows no counts");
    assert!(html.contains("<small>W-long</small>"));
}

#[test]
fn the_legend_tells_series_and_the_signs_that_occur() {
    let html = render(props(10, false));
    let legend = |html: &str| html.split("<ul").nth(1).and_then(|rest| rest.split("</ul>").next()).unwrap().to_owned();
    let with = legend(&html);
    assert_eq!(with.matches("<li").count(), 4);
    assert!(with.find("S-fail").unwrap() < with.find("S-pass").unwrap(), "as they stand in the bars");
    assert!(with.contains("url(#trend-outcome-fail)") && html.contains(r#"id="trend-outcome-fail""#));
    assert!(with.contains("url(#trend-ink-gap)") && html.contains(r#"id="trend-ink-gap""#));
    assert_eq!(legend(&render(props(2, false))).matches("<li").count(), 2);
}

#[test]
fn many_days_are_few_elements() {
    let html = render(props(1500, false));
    assert!(html.matches("<path").count() < 30);
    assert!(!html.contains("NaN") && !html.contains("inf"));
    render(props(0, true));
}

#[test]
fn keys_walk_the_days_and_stop_at_the_ends() {
    assert_eq!(step("ArrowLeft", Some(3), 5), Some(2));
    assert_eq!(step("ArrowLeft", Some(0), 5), Some(0));
    assert_eq!(step("ArrowRight", Some(4), 5), Some(4));
    assert_eq!(step("ArrowRight", None, 5), Some(4));
    assert_eq!(step("Home", Some(3), 5), Some(0));
    assert_eq!(step("End", None, 5), Some(4));
    assert_eq!(step("Tab", Some(3), 5), None);
    assert_eq!(step("End", None, 0), None);
}
