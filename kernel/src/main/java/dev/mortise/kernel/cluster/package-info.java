/**
 * Several nodes on one database as one server: who is there, who leads what, and which plugins all of them run. Nodes
 * meet in PostgreSQL and nowhere else; every time that two of them must agree on is the database's.
 *
 * <p>What all nodes are to run stands in {@code mortise.plugin_installation}, the jars beside it. The data folder of a
 * node is a copy that is healed from there.
 *
 * <pre>{@code
 * ClusterRoom cluster = ClusterRoom.open(database, options, version, dataFolder);
 * cluster.bringUp(lifecycle);
 * cluster.serve(url);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.cluster;

import org.jspecify.annotations.NullMarked;
