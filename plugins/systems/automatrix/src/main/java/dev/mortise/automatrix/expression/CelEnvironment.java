package dev.mortise.automatrix.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * CEL with the names and functions that workflows have: the standard ones, the strings extension, and optional values
 * ({@code steps.?extract.?vin.orValue("")}). Built at the first expression that needs it.
 */
final class CelEnvironment {
    /** Bounds what one expression can cost: list macros nest, so the bound is on all their turns together. */
    private static final int MOST_TURNS = 100_000;

    private static final int DEEPEST = 100;

    private @Nullable Parts parts;

    private record Parts(CelCompiler compiler, CelRuntime runtime, Logger silenced) {}

    private synchronized Parts parts() {
        if (parts == null) {
            parts = build();
        }
        return parts;
    }

    private static Parts build() {
        CelOptions options = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .enableOptionalSyntax(true)
                .enableQuotedIdentifierSyntax(true)
                .comprehensionMaxIterations(MOST_TURNS)
                .maxParseRecursionDepth(DEEPEST)
                .build();
        // Protobuf warns on stderr that it does without sun.misc.Unsafe, which the launcher denies on purpose. The
        // logger
        // is kept, because java.util.logging holds loggers weakly and would forget the level.
        Logger unsafe = Logger.getLogger("com.google.protobuf.UnsafeUtil");
        unsafe.setLevel(Level.SEVERE);
        MapType map = MapType.create(SimpleType.STRING, SimpleType.DYN);
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .addVar("input", SimpleType.DYN)
                .addVar("steps", map)
                .addVar("run", map)
                .build();
        CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(options)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .build();
        return new Parts(compiler, runtime, unsafe);
    }

    Expression compile(String source) throws FlawedExpressionException {
        Parts cel = parts();
        CelValidationResult result = cel.compiler().compile(source);
        if (result.hasError()) {
            throw new FlawedExpressionException(result.getErrors().stream()
                    .map(issue -> flaw(source, issue))
                    .toList());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new CelExpression(source, cel.runtime().createProgram(tree), CelReferences.of(tree));
        } catch (CelValidationException | CelEvaluationException failure) {
            throw new FlawedExpressionException(List.of(new Flaw(0, String.valueOf(failure.getMessage()))));
        }
    }

    private static Flaw flaw(String source, CelIssue issue) {
        int offset = 0;
        for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
            offset = source.indexOf('\n', offset) + 1;
        }
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        return new Flaw(Math.min(source.length(), offset + column), shorten(issue.getMessage()));
    }

    /** Drops the list of candidates and the container, which say nothing to somebody who writes a workflow. */
    private static String shorten(String message) {
        int candidates = message.indexOf(" (candidates:");
        String first = candidates < 0 ? message : message.substring(0, candidates);
        return first.replace(" (in container '')", "");
    }
}
