// NOT_JSON
Symbol('s')
