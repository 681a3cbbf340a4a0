# THROWN
import polyglot
polyglot.eval(language='js', string='1')
