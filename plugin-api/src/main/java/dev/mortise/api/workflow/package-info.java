/**
 * The steps that a workflow can be made of. A {@link dev.mortise.api.workflow.NodeType} is called by the workflow
 * engine with the input of one step and returns its output; the engine persists both, retries, and resumes after a
 * crash. The engine and its storage are not here.
 *
 * <pre>{@code
 * @Extension
 * public final class Upper implements NodeType {
 *     public String name() { return "text.upper"; }
 *     public NodeDescription describe() { return NodeDescription.pure("Upper case", "Returns the text in upper case"); }
 *     public JsonNode execute(NodeCall call) { return StringNode.valueOf(call.input().path("text").asString().toUpperCase()); }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.workflow;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
