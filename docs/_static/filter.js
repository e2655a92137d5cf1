// Hide the rows of a table that do not contain what is typed into the box above it.
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll(".table-filter")) {
    const rows = [...document.querySelectorAll(`#${box.dataset.table} tbody tr`)];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const count = document.querySelector(`.table-count[data-table="${box.dataset.table}"]`);
    const filter = () => {
      const wanted = box.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !texts[i].includes(wanted);
        shown += !row.hidden;
      });
      count.textContent = `${shown} of ${rows.length} entries`;
    };
    box.addEventListener("input", filter);
    filter();
  }
});
