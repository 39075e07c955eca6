//! A scene as SVG. The shapes of a group become one path: a year of bars is three elements, not a thousand.

use std::fmt::Write;

use yew::prelude::*;

use super::scene::{Anchor, Node, Scene};
use super::trend::Pattern;

/// The shapes of a scene. `fill` names the paint of a class where it is more than a plain colour (`url(#…)`).
pub fn shapes(scene: &Scene, fill: impl Fn(&str) -> Option<AttrValue>) -> Html {
    let groups = scene.groups.iter().enumerate().map(|(key, node)| {
        let class = node.class();
        let inside = match node {
            Node::Group { nodes, .. } => group(nodes),
            shape => group(std::slice::from_ref(shape)),
        };
        html! { <g {key} {class} fill={fill(class)}>{ for inside }</g> }
    });
    // Read aloud, loose numbers are noise: the figure has a summary, a readout and a table.
    html! { <g class="chart-shapes" aria-hidden="true">{ for groups }</g> }
}

/// Definition of a patterned paint called `id`; the class sets its colours.
pub fn paint(id: String, class: &'static str, pattern: Pattern) -> Html {
    let marks = match pattern {
        Pattern::Plain => "",
        Pattern::Slanted => "M-2 2l4-4M0 8l8-8M6 10l4-4",
        Pattern::Falling => "M-2 6l4 4M0 0l8 8M6 -2l4 4",
        Pattern::Crossed => "M0 4l4-4l4 4l-4 4z",
        Pattern::Level => "M0 2h8M0 6h8",
        Pattern::Upright => "M2 0v8M6 0v8",
        Pattern::Dotted => "M2 2h0M6 6h0",
    };
    html! {
        <pattern key={id.clone()} {id} {class} patternUnits="userSpaceOnUse" width="8" height="8">
            <rect class="chart-tone" width="8" height="8" />
            <path class="chart-marks" d={marks} />
        </pattern>
    }
}

/// A length as SVG wants it, without the tail that sums of binary fractions grow.
pub fn number(length: f64) -> String {
    ((length * 100.0).round() / 100.0).to_string()
}

/// The shapes of one group: what is filled, what is stroked, what is written.
fn group(nodes: &[Node]) -> Vec<Html> {
    let (mut filled, mut stroked, mut html) = (String::new(), String::new(), Vec::new());
    for (key, node) in nodes.iter().enumerate() {
        match node {
            Node::Rect { x, y, w, h, .. } => {
                let [x, y, w, h] = [x, y, w, h].map(|length| number(*length));
                // Writing to a string cannot fail.
                let _ = write!(filled, "M{x} {y}h{w}v{h}h-{w}z");
            }
            Node::Circle { centre, r, .. } => {
                let [x, y, r, d] = [centre.0 - r, centre.1, *r, 2.0 * r].map(number);
                let _ = write!(filled, "M{x} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z");
            }
            Node::Polygon { points, .. } => {
                trace(&mut filled, points);
                filled.push('z');
            }
            Node::Path { points, .. } => trace(&mut stroked, points),
            Node::Text { x, y, anchor, text, .. } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                html.push(html! { <text {key} x={number(*x)} y={number(*y)} text-anchor={anchor}>{ text }</text> });
            }
            Node::Group { class, nodes } => html.push(html! { <g {key} class={*class}>{ for group(nodes) }</g> }),
        }
    }
    let paths = [("filled", "chart-fill", filled), ("stroked", "chart-line", stroked)];
    let paths = paths.into_iter().filter(|(.., d)| !d.is_empty());
    html.extend(paths.map(|(key, class, d)| html! { <path {key} {class} {d} /> }));
    html
}

fn trace(path: &mut String, points: &[(f64, f64)]) {
    for (index, (x, y)) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", number(*x), number(*y));
    }
}
