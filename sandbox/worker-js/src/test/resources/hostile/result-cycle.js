// NOT_JSON
const a = {}; a.b = { a }; a
