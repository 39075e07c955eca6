//! What is drawn.

use std::rc::Rc;

use dmarcscope::analysis::Totals;

use super::reading::Progress;

/// What the page is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was dropped yet.
    #[default]
    Empty,
    /// Files are being read, or figures are not the latest.
    Reading,
    /// Nothing is going on: everything that was dropped is in the figures, or a trouble says why not.
    Ready,
}

impl Phase {
    /// The word of `data-phase`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Reading => "reading",
            Self::Ready => "ready",
        }
    }
}

/// What the person should know about the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Workers cannot be started, in the browser's words.
    Start(String),
    /// Page and worker are of different builds.
    Build,
    /// A part of the page cannot be loaded, in the browser's words.
    Part(String),
    /// The store stopped, with its words.
    Store(String),
    /// A reader stopped at this file.
    Reader(String),
}

impl Trouble {
    /// Whether only a reload helps.
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Reader(_))
    }
}

/// All that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// What the page is about.
    pub phase: Phase,
    /// How far reading has come, and the name of the file being read.
    pub progress: Progress,
    /// The name of the file being read.
    pub reading: Option<Rc<str>>,
    /// The headline figures.
    pub totals: Totals,
    /// What the person should know about the page itself.
    pub trouble: Option<Trouble>,
}
