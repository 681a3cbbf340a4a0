// THROWN
import('data:text/javascript,export default 1')
