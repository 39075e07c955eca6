//! The plotters backend that writes [`Node`]s instead of pixels.
//!
//! Plotters counts in whole numbers, so it is given a canvas [`FINE`] times as large, and the nodes are divided again:
//! a bar of a third of a pixel stays one. Everything that plotters sees (sizes, offsets, fonts) is in these fine units;
//! [`units`] makes them.

use std::error::Error;
use std::fmt;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform,
};

use super::ink::Ink;
use super::metrics::{LINE_HEIGHT, text_width};
use super::scene::{Anchor, Node};

/// Fine units in a user unit. Ten, because a tenth is short to write in an SVG attribute.
pub const FINE: i32 = 10;

/// Fine units of a length in user units.
pub fn units(length: f64) -> i32 {
    (length * f64::from(FINE)).round() as i32
}

/// What this backend cannot draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// Text at an angle: hard to read, so our charts thin their labels instead.
    TurnedText,
    /// Pixels have colours of their own, which classes cannot carry.
    Bitmap,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unsupported::TurnedText => "turned text is not supported",
            Unsupported::Bitmap => "bitmaps are not supported",
        })
    }
}

impl Error for Unsupported {}

/// Result of a drawing step.
type Drawn = Result<(), DrawingErrorKind<Unsupported>>;

/// A canvas that appends to a list of nodes.
pub struct Canvas<'a> {
    size: (u32, u32),
    series: &'a [&'static str],
    out: &'a mut Vec<Node>,
}

impl<'a> Canvas<'a> {
    /// A canvas of `size` user units; `series` are the classes that [`Ink::Series`] stands for.
    pub fn new(size: (u32, u32), series: &'a [&'static str], out: &'a mut Vec<Node>) -> Self {
        Self { size, series, out }
    }

    /// Class of a colour, or nothing where the colour is wholly transparent.
    fn class(&self, color: BackendColor) -> Option<&'static str> {
        (color.alpha > 0.0).then(|| Ink::class_of(color.rgb, self.series))
    }

    fn draw(&mut self, color: BackendColor, node: impl FnOnce(&'static str) -> Node) -> Drawn {
        if let Some(class) = self.class(color) {
            self.out.push(node(class));
        }
        Ok(())
    }
}

/// User units of a length in fine units.
fn coarse(n: i32) -> f64 {
    f64::from(n) / f64::from(FINE)
}

fn point((x, y): BackendCoord) -> (f64, f64) {
    (coarse(x), coarse(y))
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Unsupported;

    fn get_size(&self) -> (u32, u32) {
        let fine = FINE.unsigned_abs();
        (self.size.0.saturating_mul(fine), self.size.1.saturating_mul(fine))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let ((x, y), (right, bottom)) = (from, to);
        if !fill {
            return self.draw_path([from, (right, y), to, (x, bottom), from], style);
        }
        let (w, h) = (coarse(right - x), coarse(bottom - y));
        self.draw(style.color(), |class| Node::Rect { x: coarse(x), y: coarse(y), w, h, class })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points: Vec<_> = path.into_iter().map(point).collect();
        if points.len() < 2 {
            return Ok(());
        }
        self.draw(style.color(), |class| Node::Path { points, class })
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let r = f64::from(radius) / f64::from(FINE);
        let centre = point(centre);
        if fill {
            return self.draw(style.color(), |class| Node::Circle { centre, r, class });
        }
        // Whether a shape is filled or stroked is known by its kind, so a ring is a path.
        let points = (0..=24u32)
            .map(|step| f64::from(step) * std::f64::consts::TAU / 24.0)
            .map(|angle| (centre.0 + r * angle.cos(), centre.1 + r * angle.sin()))
            .collect();
        self.draw(style.color(), |class| Node::Path { points, class })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        let points: Vec<_> = corners.into_iter().map(point).collect();
        self.draw(style.color(), |class| Node::Polygon { points, class })
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        if !matches!(style.transform(), FontTransform::None) {
            return Err(DrawingErrorKind::DrawingError(Unsupported::TurnedText));
        }
        let (x, y) = point(pos);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        // From the named edge down to the baseline, as shares of the size that fit the usual fonts.
        let down = match style.anchor().v_pos {
            VPos::Top => 0.92,
            VPos::Center => 0.36,
            VPos::Bottom => -0.24,
        };
        let y = y + coarse((style.size() * down).round() as i32);
        self.draw(style.color(), |class| Node::Text { x, y, anchor, text: text.to_owned(), class })
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Unsupported>> {
        // The default would ask the font, which in a browser means measuring an element on the page.
        let size = style.size();
        Ok((text_width(text, size).ceil() as u32, (size * LINE_HEIGHT).ceil() as u32))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Err(DrawingErrorKind::DrawingError(Unsupported::Bitmap))
    }
}

#[cfg(test)]
mod tests {
    use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
    use plotters::prelude::{Color, IntoDrawingArea};
    use plotters::style::text_anchor::Pos;

    use super::*;

    #[test]
    fn each_plotters_element_becomes_its_node() {
        let mut out = Vec::new();
        let root = Canvas::new((100, 50), &["pass"], &mut out).into_drawing_area();
        assert_eq!(root.dim_in_pixel(), (1000, 500));
        root.draw(&Rectangle::new([(10, 20), (30, 25)], Ink::Series(0).filled())).unwrap();
        root.draw(&Rectangle::new([(10, 20), (30, 25)], Ink::Axis)).unwrap();
        root.draw(&PathElement::new(vec![(0, 0), (15, 0)], Ink::Grid)).unwrap();
        root.draw(&Polygon::new(vec![(0, 0), (10, 0), (0, 10)], Ink::Gap)).unwrap();
        root.draw(&Circle::new((50, 50), 20, Ink::Long.filled())).unwrap();
        root.draw(&Circle::new((50, 50), 20, Ink::Long)).unwrap();
        let label = Ink::Label.text().pos(Pos::new(HPos::Right, VPos::Bottom));
        root.draw(&Text::new("12", (400, 300), label)).unwrap();
        drop(root);

        assert_eq!(out[0], Node::Rect { x: 1.0, y: 2.0, w: 2.0, h: 0.5, class: "pass" });
        assert!(matches!(&out[1], Node::Path { points, class: "ink-axis" } if points.len() == 5));
        assert_eq!(out[2], Node::Path { points: vec![(0.0, 0.0), (1.5, 0.0)], class: "ink-grid" });
        assert!(matches!(&out[3], Node::Polygon { points, class: "ink-gap" } if points.len() == 3));
        assert_eq!(out[4], Node::Circle { centre: (5.0, 5.0), r: 2.0, class: "ink-long" });
        assert!(matches!(&out[5], Node::Path { points, class: "ink-long" } if points.len() == 25));
        let text = Node::Text { x: 40.0, y: 27.1, anchor: Anchor::End, text: "12".into(), class: "ink-label" };
        assert_eq!(out[6], text);
        assert_eq!(out.len(), 7);
    }

    #[test]
    fn text_is_measured_by_the_table_in_fine_units() {
        let mut out = Vec::new();
        let root = Canvas::new((100, 50), &[], &mut out).into_drawing_area();
        let (w, h) = root.estimate_text_size("1234", &Ink::Label.text()).unwrap();
        assert_eq!(w, (text_width("1234", 12.0) * 10.0).ceil() as u32);
        assert_eq!(h, 144);
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        let mut out = Vec::new();
        let mut canvas = Canvas::new((100, 50), &[], &mut out);
        let turned = Ink::Label.text().transform(FontTransform::Rotate90);
        assert!(canvas.draw_text("a", &turned, (0, 0)).is_err());
        assert!(canvas.blit_bitmap((0, 0), (1, 1), &[0, 0, 0]).is_err());
        canvas.draw_line((0, 0), (1, 1), &Ink::Axis.mix(0.0)).unwrap();
        assert!(out.is_empty(), "transparent shapes leave nothing");
    }
}
