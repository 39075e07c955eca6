//! A chart as a picture that stands alone: SVG with every class resolved, or PNG made from that.

use js_sys::{Array, encode_uri_component};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, CssStyleDeclaration, Element, HtmlCanvasElement, HtmlImageElement,
    XmlSerializer,
};
use yew::prelude::*;

use super::super::client::document;
use super::super::export::offer;
use super::svg::number;

/// Fonts that every machine has, or has a like of.
const FONTS: &str = "Helvetica, Arial, 'Liberation Sans', sans-serif";
/// What a style sheet decides of a shape.
const STYLES: [&str; 10] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
    "fill-opacity",
    "opacity",
    "font-size",
    "font-weight",
    "text-anchor",
];
/// What of the drawing is there for whoever uses it.
const TOOLS: &str = ".chart-hit, .chart-active, .chart-ring";
/// Around the drawing, and between lines of text, in user units.
const MARGIN: f64 = 16.0;
const LINE: f64 = 22.0;
/// A legend's entry is as wide as its text at about this much a sign.
const SIGN: f64 = 7.2;
/// Pixels of a PNG for each user unit.
const SHARP: f64 = 2.0;

/// Properties of [`SaveChart`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The figure.
    pub figure: NodeRef,
    /// What the buttons say: SVG, PNG.
    pub labels: [AttrValue; 2],
    /// The file's name, without its ending.
    pub name: AttrValue,
}

/// Two buttons that save a chart as a picture.
#[component]
pub fn SaveChart(props: &Props) -> Html {
    let Props { figure, labels, name } = props;
    let save = |is_png: bool| {
        let (figure, name) = (figure.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let (figure, name) = (figure.cast::<Element>(), name.clone());
            spawn_local(async move {
                // Without a file to save to there is nothing to say that the browser has not said.
                let _ = saved(figure, &name, is_png).await;
            });
        })
    };
    let [svg, png] = labels;
    html! {
        <p class="chart-save">
            <button key="svg" type="button" class="link" onclick={save(false)}>{ svg }</button>
            <button key="png" type="button" class="link" onclick={save(true)}>{ png }</button>
        </p>
    }
}

async fn saved(figure: Option<Element>, name: &str, is_png: bool) -> Result<(), JsValue> {
    let figure = figure.ok_or(JsValue::NULL)?;
    let (text, width, height) = picture(&figure)?;
    if is_png {
        return offer(&painted(&text, width, height).await?, &format!("{name}.png"));
    }
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    offer(&Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?, &format!("{name}.svg"))
}

/// The figure as one SVG: title, summary, drawing, legend; and its size.
fn picture(figure: &Element) -> Result<(String, f64, f64), JsValue> {
    let drawing = figure.query_selector("svg.chart-drawing")?.ok_or(JsValue::NULL)?;
    let mut size = drawing.get_attribute("viewBox").unwrap_or_default();
    size = size.split(' ').skip(2).collect::<Vec<_>>().join(" ");
    let (width, height) = size.split_once(' ').ok_or(JsValue::NULL)?;
    let (width, height) = (measure(width)?, measure(height)?);
    let root = new("svg", &[("xmlns", "http://www.w3.org/2000/svg"), ("font-family", FONTS)])?;
    let text_of = |selector: &str| -> Result<String, JsValue> {
        Ok(figure.query_selector(selector)?.and_then(|found| found.text_content()).unwrap_or_default())
    };
    let colour = |of: &Element, name: &str| style(of).and_then(|style| style.get_property_value(name));
    let ink = colour(figure, "color")?;
    let paper = match figure.closest("section")? {
        Some(section) => colour(&section, "background-color")?,
        None => "Canvas".to_owned(),
    };
    let back = new("rect", &[("width", "100%"), ("height", "100%"), ("fill", &paper)])?;
    root.append_child(&back)?;
    let mut y = MARGIN + LINE / 2.0;
    for (selector, weight) in [(".chart-title", "bold"), (".chart-summary", "normal")] {
        root.append_child(&*line(&text_of(selector)?, MARGIN, y, &ink, weight)?)?;
        y += LINE;
    }
    root.append_child(&*moved(&resolved(&drawing)?, MARGIN, y)?)?;
    y += height + LINE;
    let (mut x, entries) = (MARGIN, figure.query_selector_all(".chart-legend li")?);
    for entry in (0..entries.length()).filter_map(|place| entries.item(place)) {
        let entry: Element = entry.unchecked_into();
        let text = entry.text_content().unwrap_or_default();
        let wide = 24.0 + SIGN * text.chars().count() as f64 + MARGIN;
        if x > MARGIN && x + wide > width + MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        if let Some(swatch) = entry.query_selector("svg")? {
            root.append_child(&*moved(&resolved(&swatch)?, x, y - 13.0)?)?;
        }
        root.append_child(&*line(text.trim(), x + 22.0, y, &ink, "normal")?)?;
        x += wide;
    }
    let (width, height) = (width + 2.0 * MARGIN, y + MARGIN);
    for (name, value) in [("width", number(width)), ("height", number(height))] {
        root.set_attribute(name, &value)?;
    }
    root.set_attribute("viewBox", &format!("0 0 {} {}", number(width), number(height)))?;
    Ok((XmlSerializer::new()?.serialize_to_string(&root)?, width, height))
}

fn measure(text: &str) -> Result<f64, JsValue> {
    text.parse().map_err(|_| JsValue::NULL)
}

fn style(of: &Element) -> Result<CssStyleDeclaration, JsValue> {
    web_sys::window().ok_or(JsValue::NULL)?.get_computed_style(of)?.ok_or(JsValue::NULL)
}

fn new(name: &str, attributes: &[(&str, &str)]) -> Result<Element, JsValue> {
    let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), name)?;
    for (name, value) in attributes.iter().filter(|(name, _)| *name != "xmlns") {
        element.set_attribute(name, value)?;
    }
    Ok(element)
}

fn line(text: &str, x: f64, y: f64, ink: &str, weight: &str) -> Result<Element, JsValue> {
    let (x, y) = (number(x), number(y));
    let element = new("text", &[("x", &x), ("y", &y), ("fill", ink), ("font-size", "14"), ("font-weight", weight)])?;
    element.set_text_content(Some(text));
    Ok(element)
}

fn moved(inside: &Element, x: f64, y: f64) -> Result<Element, JsValue> {
    let group = new("g", &[("transform", &format!("translate({} {})", number(x), number(y)))])?;
    while let Some(child) = inside.first_child() {
        group.append_child(&child)?;
    }
    Ok(group)
}

/// A copy of a drawing in which every shape says itself what the style sheets say of it.
fn resolved(drawing: &Element) -> Result<Element, JsValue> {
    let copy: Element = drawing.clone_node_with_deep(true)?.unchecked_into();
    let (shapes, copies) = (drawing.query_selector_all("*")?, copy.query_selector_all("*")?);
    let mut hidden = Vec::new();
    for place in 0..shapes.length() {
        let (Some(shape), Some(copy)) = (shapes.item(place), copies.item(place)) else { continue };
        let (shape, copy): (Element, Element) = (shape.unchecked_into(), copy.unchecked_into());
        let style = style(&shape)?;
        if style.get_property_value("display")? == "none" || shape.matches(TOOLS)? {
            hidden.push(copy);
            continue;
        }
        for name in STYLES {
            copy.set_attribute(name, &style.get_property_value(name)?)?;
        }
        for name in ["class", "role", "tabindex", "aria-labelledby", "aria-describedby", "aria-hidden"] {
            copy.remove_attribute(name)?;
        }
    }
    hidden.iter().for_each(Element::remove);
    Ok(copy)
}

/// An SVG as a PNG.
async fn painted(svg: &str, width: f64, height: f64) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", String::from(encode_uri_component(svg))));
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a drawing is as large as a window")]
    let pixels = |length: f64| (length * SHARP).ceil() as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width * SHARP, height * SHARP)?;
    let blob = js_sys::Promise::new(&mut |done, _| {
        let call = Closure::once_into_js(move |blob: JsValue| done.call1(&JsValue::NULL, &blob));
        canvas.to_blob(call.unchecked_ref()).unwrap_throw();
    });
    JsFuture::from(blob).await?.dyn_into().map_err(|_| JsValue::NULL)
}
