// Follows the worker program's glue in the blob that a worker is started from: waits for the compiled program and its role.
self.onmessage = ({ data: { module, role } }) => {
  self.onmessage = null;
  wasm_bindgen({ module_or_path: module })
    .then(() => wasm_bindgen.start(role))
    .catch((error) => setTimeout(() => { throw error; })); // ends in the page's `onerror`, like any other fault
};
