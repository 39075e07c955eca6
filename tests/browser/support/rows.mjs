// What a table shows.

/** The rows in view: their cells by the heads of the columns. */
export const rows = (page, table) => page.locator(table).evaluate((table) => {
  const heads = [...table.querySelectorAll("thead th")].map((head) => (head.querySelector("button.sort") ?? head).textContent.replace(/\s+i$/, "").trim());
  return [...table.querySelectorAll("tbody tr[aria-rowindex]")].map((row) => Object.fromEntries([...row.cells].map((cell, place) => [heads[place], cell.innerText.trim()])));
});
