//! From files to items: containers in every shape, damage, bombs and limits.

#[path = "intake/archive.rs"]
mod archive;
#[path = "intake/bombs.rs"]
mod bombs;
#[path = "intake/containers.rs"]
mod containers;
#[path = "intake/damage.rs"]
mod damage;
#[path = "intake/fuzz.rs"]
mod fuzz;
#[path = "intake/mail.rs"]
mod mail;
#[path = "intake/outlook.rs"]
mod outlook;
#[path = "intake/support.rs"]
mod support;
#[path = "intake/tar.rs"]
mod tar;
