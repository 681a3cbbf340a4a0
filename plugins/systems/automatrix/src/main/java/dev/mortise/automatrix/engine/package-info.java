/**
 * Executes runs. {@link dev.mortise.automatrix.engine.Engine} accepts a run by committing it and starts it at once when
 * there is room; what does not fit waits in the database, where any engine may claim it. {@code RunLoop} walks one run
 * through its workflow and commits each step before the next. {@code Sweeper} looks once a second for runs whose engine
 * is gone, whose time has come or whose node type is back. An engine is alive as long as it holds the lock that bears
 * its id; that makes an update of this plugin, a crash and a second server the same case.
 *
 * <pre>{@code
 * Engine engine = new Engine(context, workflows);
 * engine.start();
 * }</pre>
 */
@NullMarked
package dev.mortise.automatrix.engine;

import org.jspecify.annotations.NullMarked;
