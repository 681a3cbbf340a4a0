# NOT_JSON
a = []
a.append(a)
a
