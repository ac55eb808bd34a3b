// What Chrome 109, the oldest that is served, does not have and the pages and the settlement engine use.
import 'core-js/actual/array/to-reversed'
import 'core-js/actual/array/to-sorted'
import 'core-js/actual/iterator/map'
import 'core-js/actual/map/group-by'
