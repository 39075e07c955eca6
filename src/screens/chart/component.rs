//! The trend as a figure: title, summary, legend, chart, readout, table. All words come from outside.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::save::SaveChart;
use super::svg;
use super::table::TrendTable;
use super::trend::{Day, Pattern, Series, Trend, TrendScene};
use super::width::use_width;

/// Width that is drawn for until the real one is known.
const FALLBACK_WIDTH: u32 = 720;
/// Bars narrower than this are painted without marks, which would only chop them up; seams and order stay.
const NARROWEST_MARKED: f64 = 3.0;
/// Narrowest frame around the active day.
const NARROWEST_FRAME: f64 = 5.0;

/// What the figure says, in the person's language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Name of the chart.
    pub title: AttrValue,
    /// What it shows, in one sentence.
    pub summary: AttrValue,
    /// Which keys do what.
    pub help: AttrValue,
    /// What opens the table.
    pub table: AttrValue,
    /// What saves the chart: as SVG, as PNG.
    pub save: [AttrValue; 2],
    /// Head of the dates.
    pub date: AttrValue,
    /// Head of the totals.
    pub total: AttrValue,
    /// "No report", in the legend and in the table.
    pub gap: AttrValue,
    /// "No report, or a usual reporter's is missing", in the legend and in the table.
    pub incomplete: AttrValue,
    /// "From a report of several days", in the legend and in the table.
    pub long: AttrValue,
}

/// Properties of [`TrendChart`].
#[derive(Properties, PartialEq)]
pub struct TrendProps {
    /// Start of all ids in the figure; different for each chart of a page.
    pub id: AttrValue,
    /// The words.
    pub words: Words,
    /// The days, oldest first, without holes (see [`Trend`]).
    pub days: Rc<[Day]>,
    /// The series, bottom first.
    pub series: Rc<[Series]>,
    /// Writes a count on the axis, briefly.
    pub compact: Callback<u64, String>,
    /// Writes a count in the table, in full.
    pub number: Callback<u64, String>,
    /// Tells the figures of some days in a row, given the places of the first and the last in `days`, in one sentence.
    pub readout: Callback<(usize, usize), String>,
    /// Called with [`Day::start`] of the first and [`Day::end`] of the last of the days that were clicked, entered or drawn over.
    #[prop_or_default]
    pub on_select: Callback<(i64, i64)>,
    /// Height of the drawing.
    #[prop_or(240)]
    pub height: u32,
    /// Whether the table is open at first.
    #[prop_or_default]
    pub table_open: bool,
}

/// The trend by day: one tab stop, arrows move from day to day, Enter or a click selects. With Shift, or by drawing over them,
/// several days are selected.
#[component]
pub fn TrendChart(props: &TrendProps) -> Html {
    let TrendProps { id, words, days, series, .. } = props;
    let (figure, frame) = (use_node_ref(), use_node_ref());
    let drawing = use_node_ref();
    let stage = use_node_ref();
    let width = use_width(&frame, FALLBACK_WIDTH);
    // By date, not by place: the place means another day once a filter changes the days.
    let active = use_state_eq(|| None::<i64>);
    let place = active.and_then(|start| days.iter().position(|day| day.start == start));

    let deps = (days.clone(), series.clone(), width, props.height, props.compact.clone());
    let trend = use_memo(deps, |(days, series, width, height, compact)| {
        let compact = |count| compact.emit(count);
        Trend { days, series, width: *width, height: *height, compact: &compact }.draw()
    });
    let paints = use_memo((trend.clone(), id.clone(), series.clone()), |(trend, id, series)| {
        let patterns = patterns(series);
        let defs = patterns.iter().map(|(class, pattern)| svg::paint(format!("{id}-{class}"), class, *pattern));
        let defs: Html = html! { <defs>{ for defs }</defs> };
        let known = |class: &str| patterns.iter().any(|(name, _)| *name == class);
        (defs, svg::shapes(&trend.scene, |class| known(class).then(|| url(id, class))))
    });

    // Where a choice of several days began; by date as well.
    let anchor = use_state_eq(|| None::<i64>);
    let from = anchor.and_then(|start| days.iter().position(|day| day.start == start));
    let run = place.map(|place| (place.min(from.unwrap_or(place)), place.max(from.unwrap_or(place))));
    // The day on which a pointer was pressed, while it is; and whether it was drawn over others, which is no click.
    let pressed = use_mut_ref(|| None::<usize>);
    let drawn = use_mut_ref(|| false);

    let go = {
        let (active, days) = (active.setter(), days.clone());
        move |place: usize| active.set(days.get(place).map(|day| day.start))
    };
    let begin = {
        let (anchor, days) = (anchor.setter(), days.clone());
        move |place: Option<usize>| anchor.set(place.and_then(|place| days.get(place)).map(|day| day.start))
    };
    let select = {
        let (on_select, days, begin) = (props.on_select.clone(), days.clone(), begin.clone());
        move |(first, last): (usize, usize)| {
            if let (Some(first), Some(last)) = (days.get(first), days.get(last)) {
                begin(None);
                on_select.emit((first.start, last.end));
            }
        }
    };
    let onkeydown = {
        let (go, select, begin, count) = (go.clone(), select.clone(), begin.clone(), days.len());
        Callback::from(move |event: KeyboardEvent| {
            // Alt+Left is the browser's, and so on.
            if event.alt_key() || event.ctrl_key() || event.meta_key() {
                return;
            }
            match (event.key().as_str(), run) {
                ("Enter" | " ", Some(run)) => select(run),
                ("Escape", _) if from.is_some() => begin(None),
                (key, _) => match step(key, place, count) {
                    Some(to) => {
                        if !event.shift_key() {
                            begin(None);
                        } else if from.is_none() {
                            begin(place);
                        }
                        go(to);
                    }
                    None => return,
                },
            }
            event.prevent_default();
        })
    };
    let onfocus = {
        let (go, count) = (go.clone(), days.len());
        // The newest day is the one people come for.
        Callback::from(move |_: FocusEvent| {
            if place.is_none() && count > 0 {
                go(count - 1);
            }
        })
    };
    let onpointerdown = {
        let (drawing, trend, pressed, drawn) = (drawing.clone(), trend.clone(), pressed.clone(), drawn.clone());
        Callback::from(move |event: PointerEvent| {
            *drawn.borrow_mut() = false;
            if event.is_primary() && event.button() == 0 {
                *pressed.borrow_mut() = under(&event, &drawing, &trend);
            }
        })
    };
    let onpointermove = {
        let (go, begin, drawing, trend) = (go.clone(), begin.clone(), drawing.clone(), trend.clone());
        let (pressed, drawn, stage) = (pressed.clone(), drawn.clone(), stage.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(pressed) = *pressed.borrow() else {
                return under(&event, &drawing, &trend).into_iter().for_each(&go);
            };
            let Some(to) = nearest(&event, &drawing, &trend) else { return };
            if to != pressed && !drawn.replace(true) {
                begin(Some(pressed));
                // The pointer may leave the drawing from now on.
                if let Some(stage) = stage.cast::<Element>() {
                    drop(stage.set_pointer_capture(event.pointer_id()));
                }
            }
            go(to);
        })
    };
    let onpointerup = {
        let (select, drawing, trend) = (select.clone(), drawing.clone(), trend.clone());
        let (pressed, drawn) = (pressed.clone(), drawn.clone());
        Callback::from(move |event: PointerEvent| {
            let from = pressed.borrow_mut().take();
            if let (Some(from), Some(to), true) = (from, nearest(&event, &drawing, &trend), *drawn.borrow()) {
                select((from.min(to), from.max(to)));
            }
        })
    };
    let onpointercancel = {
        let begin = begin.clone();
        Callback::from(move |_: PointerEvent| {
            *pressed.borrow_mut() = None;
            begin(None);
        })
    };
    let onclick = {
        let (drawing, trend) = (drawing.clone(), trend.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(place) = under(&event, &drawing, &trend).filter(|_| !drawn.replace(false)) {
                go(place);
                select((place, place));
            }
        })
    };

    let (title, summary, help) = (format!("{id}-title"), format!("{id}-summary"), format!("{id}-help"));
    let (w, h) = (trend.scene.width, trend.scene.height);
    let (left, right) = trend.slots.bar(0);
    let drawing_class = classes!("chart-drawing", (right - left < NARROWEST_MARKED).then_some("chart-fine"));
    let readout = run.map(|run| props.readout.emit(run)).unwrap_or_default();
    html! {
        <figure ref={figure.clone()} class="chart" aria-labelledby={title.clone()} aria-describedby={summary.clone()}>
            <figcaption>
                <p class="chart-title" id={title.clone()}>{ &words.title }</p>
                <p class="chart-summary" id={summary.clone()}>{ &words.summary }</p>
            </figcaption>
            { legend(props) }
            <div class="chart-frame" ref={frame}>
                <svg class={drawing_class} viewBox={format!("0 0 {w} {h}")} role="presentation" ref={drawing}>
                    { paints.0.clone() }
                    // An "application": screen readers pass the arrow keys on instead of reading by them. An image
                    // would be closed to them, a slider would promise a value to set.
                    <g class="chart-stage" ref={stage} tabindex="0" role="application" aria-labelledby={title}
                        aria-describedby={format!("{summary} {help}")} {onkeydown} {onfocus} {onclick}
                        {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
                        <rect class="chart-hit" width={w.to_string()} height={h.to_string()} />
                        { paints.1.clone() }
                        { active_frame(&trend, run) }
                        <rect class="chart-ring" x="1" y="1" rx="4" width={w.saturating_sub(2).to_string()}
                            height={h.saturating_sub(2).to_string()} />
                    </g>
                </svg>
            </div>
            <p class="chart-help" id={help}>{ &words.help }</p>
            <p class="chart-readout" aria-live="polite" aria-atomic="true">{ readout }</p>
            <TrendTable id={id.clone()} words={words.clone()} days={days.clone()} series={series.clone()}
                number={props.number.clone()} open={props.table_open} />
            <SaveChart {figure} labels={words.save.clone()} name={words.title.clone()} />
        </figure>
    }
}

/// The day that a key leads to, if it is one of ours.
fn step(key: &str, place: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowLeft" => Some(place.map_or(last, |place| place.saturating_sub(1))),
        "ArrowRight" => Some(place.map_or(last, |place| (place + 1).min(last))),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// The day under a pointer.
fn under(event: &MouseEvent, drawing: &NodeRef, trend: &TrendScene) -> Option<usize> {
    trend.slots.at(across(event, drawing, trend)?)
}

/// The day that is closest to a pointer.
fn nearest(event: &MouseEvent, drawing: &NodeRef, trend: &TrendScene) -> Option<usize> {
    trend.slots.nearest(across(event, drawing, trend)?)
}

/// Where a pointer is, in user units from the left of the drawing.
fn across(event: &MouseEvent, drawing: &NodeRef, trend: &TrendScene) -> Option<f64> {
    let shown = drawing.cast::<Element>()?.get_bounding_client_rect();
    // From CSS pixels to user units: the two differ while the width is a fallback, or beyond its limits.
    let share = (f64::from(event.client_x()) - shown.left()) / shown.width().max(1.0);
    Some(share * f64::from(trend.scene.width))
}

/// The frame around the active days: always there, without width while there are none.
fn active_frame(trend: &TrendScene, run: Option<(usize, usize)>) -> Html {
    let (top, bottom) = trend.plot;
    let (x, width) = run.map_or((0.0, 0.0), |(first, last)| {
        let ((left, _), (_, right)) = (trend.slots.bar(first), trend.slots.bar(last));
        let width = (right - left + 4.0).max(NARROWEST_FRAME);
        ((left + right - width) / 2.0, width)
    });
    let is_several = run.is_some_and(|(first, last)| first < last);
    html! {
        <rect class={classes!("chart-active", is_several.then_some("chart-run"))} x={svg::number(x)} width={svg::number(width)}
            y={top.to_string()} height={bottom.saturating_sub(top).to_string()} rx="2" aria-hidden="true" />
    }
}

/// Classes that are painted with a pattern: every series, the days without report, those of reports over several days.
fn patterns(series: &[Series]) -> Vec<(&'static str, Pattern)> {
    series
        .iter()
        .map(|series| (series.class, series.pattern))
        .chain([("ink-gap", Pattern::Slanted), ("ink-long", Pattern::Slanted)])
        .collect()
}

fn url(id: &str, class: &str) -> AttrValue {
    format!("url(#{id}-{class})").into()
}

/// Which paint means what. Topmost series first, as they stand in the bars; signs only where they occur.
fn legend(props: &TrendProps) -> Html {
    let TrendProps { id, words, days, series, .. } = props;
    let series = series.iter().rev();
    let series = series.map(|series| (series.class, series.label.clone().into(), series.href.as_str()));
    let gap = days.iter().any(Day::is_incomplete).then(|| ("ink-gap", words.incomplete.clone(), ""));
    let long = days.iter().any(|day| day.long).then(|| ("ink-long", words.long.clone(), ""));
    let entries = series.chain(gap).chain(long).map(|(class, label, href): (_, AttrValue, &str)| {
        // The mark of long reports is a low strip, everything else a patch.
        let (y, height) = if class == "ink-long" { ("5", "7") } else { ("1", "14") };
        html! {
            <li key={class}>
                <svg class="chart-swatch" viewBox="0 0 16 16" aria-hidden="true">
                    <g {class} fill={url(id, class)}>
                        <rect class="chart-fill" x="1" width="14" {y} {height} />
                    </g>
                </svg>
                { if href.is_empty() { html! { <span>{ label }</span> } } else { html! { <a class="door" href={href.to_owned()}>{ label }</a> } } }
            </li>
        }
    });
    html! { <ul class="chart-legend">{ for entries }</ul> }
}

#[cfg(test)]
#[path = "component_tests.rs"]
mod tests;
