//! What a shape is drawn *as*. Plotters thinks in RGB; here the RGB value is only a number that stands for a class.

use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle};
use plotters_backend::BackendColor;

use super::backend::units;
use super::metrics::FONT_SIZE;

/// Class of a shape that was drawn in a colour not made by [`Ink`]: a mistake that shows at once.
pub const STRAY: &str = "ink-stray";

/// The inks of our charts. Give one to plotters wherever it asks for a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The base line and its ticks.
    Axis,
    /// Thin lines across the plot.
    Grid,
    /// Labels of both axes.
    Label,
    /// The band over days of which there is no report.
    Gap,
    /// The mark under days that a report of several days counts in.
    Long,
    /// The line in the colour of the page between two parts of a bar.
    Seam,
    /// A series, by its place in the list of classes.
    Series(u16),
}

impl Ink {
    /// The plain inks and their classes; the place in this list is the number that travels as a colour.
    const PLAIN: [(Ink, &'static str); 6] = [
        (Ink::Axis, "ink-axis"),
        (Ink::Grid, "ink-grid"),
        (Ink::Label, "ink-label"),
        (Ink::Gap, "ink-gap"),
        (Ink::Long, "ink-long"),
        (Ink::Seam, "ink-seam"),
    ];

    /// First byte of a colour that stands for a series.
    const SERIES: u8 = 0xff;

    /// Class that a colour stands for; `series` are the classes of the series.
    pub fn class_of(rgb: (u8, u8, u8), series: &[&'static str]) -> &'static str {
        let found = match rgb {
            (Self::SERIES, high, low) => series.get(usize::from(u16::from_be_bytes([high, low]))).copied(),
            (index, 0x0d, 0xca) => Self::PLAIN.get(usize::from(index)).map(|(_, class)| *class),
            _ => None,
        };
        found.unwrap_or(STRAY)
    }

    /// Text in this ink, in the one size our charts use.
    pub fn text(&self) -> TextStyle<'static> {
        let font = FontDesc::new(FontFamily::SansSerif, f64::from(units(FONT_SIZE)), FontStyle::Normal);
        // `FontDesc::color` would do, but ties the style to the borrow of the ink.
        TextStyle { color: self.to_backend_color(), ..TextStyle::from(font) }
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        let rgb = match self {
            Ink::Series(n) => {
                let [high, low] = n.to_be_bytes();
                (Self::SERIES, high, low)
            }
            plain => {
                let index = Self::PLAIN.iter().position(|(ink, _)| ink == plain).unwrap_or(Self::PLAIN.len());
                (index as u8, 0x0d, 0xca)
            }
        };
        BackendColor { alpha: 1.0, rgb }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_comes_back_as_its_class() {
        for (ink, class) in Ink::PLAIN {
            assert_eq!(Ink::class_of(ink.rgb(), &[]), class);
            assert_eq!(Ink::class_of(ink.text().color.rgb, &[]), class);
        }
        assert_eq!(Ink::class_of(Ink::Series(1).rgb(), &["pass", "fail"]), "fail");
    }

    #[test]
    fn foreign_colours_are_strays() {
        assert_eq!(Ink::class_of((0, 0, 0), &["pass"]), STRAY);
        assert_eq!(Ink::class_of((255, 255, 255), &["pass"]), STRAY);
        assert_eq!(Ink::class_of(Ink::Series(1).rgb(), &["pass"]), STRAY);
    }
}
