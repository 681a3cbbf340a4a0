// NOT_JSON
[{ n: 1n }]
