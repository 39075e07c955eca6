//! DMARCscope's core: from the bytes of DMARC report files to answers about them. No browser in it; the page and the worker
//! are programs over it.
//!
//! # The map
//!
//! ```text
//!  a file's bytes
//!       │
//!    intake      what is it? open containers, within limits
//!       │
//!    report      an aggregate report, typed; the reporter's verdict
//!       │                                               ┐
//!    roles::Packer ── protocol::Delivery ──▶ roles::Store│  a reader hands batches to the store
//!       │                                               ┘
//!    dataset     columns of rows, what repeats held once; twins
//!       │
//!    analysis    one query engine: filter, totals, series, groups, causes
//!       │
//!    text        every word a person reads
//!
//!    export      what leaves the page: rows in forms that other programs take
//!
//!    ledger      beside all of it: what became of every file
//!    domains     beside it too: names, and the organizations that they belong to
//!    senders     the catalogue of services that send for others, and what a person says of senders
//!    networks    whose an address is: tables, databases; lookups: what registries and the DNS tell when asked
//! ```
//!
//! Data flows one way, and so do the layers: each knows those above it in this list, never those below.
//!
//! The programs over it:
//!
//! - `src/view/` is the page (Yew). It holds view state only: [`protocol`] messages go to workers, answers come back.
//!   `view/session/` starts and ends readers.
//! - `src/screens/` is the page's second program (Yew too), loaded once the first has started, so that nobody waits for it:
//!   what needs attention, the trend and what stands out, who sends, sources, reports, what became of the files. It asks the store through a line of its own
//!   and follows the address, as the page does. `screens/filter/` is the filter's bar, `screens/chart/` draws with plotters into
//!   nodes of ours, `screens/grid/` shows tables of any length, `screens/groups/` groups by anything, `screens/board/` has the
//!   domains and their `screens/labels/`, `screens/compare/` sets two filters side by side.
//!   `screens/whois/` tells whose addresses are.
//! - `src/whois/` is the program behind that, a worker loaded when it is needed: it tells the store facts of addresses through a line
//!   of its own, reads databases, and looks addresses up where a person agrees.
//! - `src/worker/` is the worker: a disposable *reader* takes files and hands over batches; the *store* owns the [`dataset`] and
//!   answers. The roles themselves are in [`roles`], tested on the host. There are two programs: a small one that the page starts
//!   with, in which the store's place is taken by something that counts the first figures only, and one made for speed (`fast.rs`),
//!   loaded right after, whose store takes over.
//! - `src/exporter/` is a worker too, loaded when something is saved: it asks the store for rows and writes them in a form of
//!   [`export`]. `screens/share/` is its dialog; `scripts/single-file.mjs` puts the whole page into one file for it to fill.
//! - `examples/ledger.rs`, `examples/figures.rs`, `examples/export.rs` and `examples/causes.rs` run the same two roles natively;
//!   `examples/generate/` makes realistic report sets.
//!
//! # The ways of the house
//!
//! Nothing is dropped in silence: each file and each item in it ends in the [`ledger`], each mend as a typed
//! [`Note`](ledger::Note). No input can make the core panic. Counts are messages unless a name says records or rows.
//! Unknown is its own value everywhere.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod analysis;
pub mod blocks;
pub mod dataset;
pub mod domains;
pub mod export;
mod find;
pub mod fold;
pub mod intake;
pub mod ledger;
pub mod lookups;
pub mod networks;
pub mod protocol;
pub mod report;
pub mod roles;
pub mod senders;
mod sort;
pub mod storage;
#[cfg(feature = "text")]
pub mod text;
