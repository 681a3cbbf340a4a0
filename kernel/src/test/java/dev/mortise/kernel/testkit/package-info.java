/**
 * What the tests of the kernel and of plugins stand on: a real PostgreSQL, and a real kernel.
 *
 * <pre>{@code
 * Database database = Database.open(TestDatabase.fresh(), DatabaseOptions.defaults());
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.testkit;

import org.jspecify.annotations.NullMarked;
