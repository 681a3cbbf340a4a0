// NOT_JSON
(() => 1)
