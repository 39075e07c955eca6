//! Writes a target's seeds into a folder: `seeds TARGET FOLDER`.
#![allow(dead_code)]

#[path = "../../tests/support_fuzz/mod.rs"]
mod support_fuzz;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(target), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: seeds TARGET FOLDER");
        std::process::exit(2);
    };
    std::fs::create_dir_all(&folder)?;
    for (number, seed) in support_fuzz::seeds::of(&target).iter().enumerate() {
        std::fs::write(format!("{folder}/seed-{number:02}"), seed)?;
    }
    Ok(())
}
