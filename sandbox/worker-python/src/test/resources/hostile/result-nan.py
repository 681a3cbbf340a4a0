# NOT_JSON
float('nan')
