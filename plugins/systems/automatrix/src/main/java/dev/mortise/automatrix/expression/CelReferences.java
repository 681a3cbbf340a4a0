package dev.mortise.automatrix.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds {@code steps.x} and {@code steps['x']} in a checked expression. */
final class CelReferences {
    private CelReferences() {}

    static List<StepReference> of(CelAbstractSyntaxTree tree) {
        Map<Long, Integer> positions = tree.getSource().getPositionsMap();
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .flatMap(expr -> reference(expr, positions))
                .toList();
    }

    private static Stream<StepReference> reference(CelExpr expr, Map<Long, Integer> positions) {
        if (expr.getKind() == Kind.SELECT && isSteps(expr.select().operand())) {
            // A test such as has(steps.x) is a select as well, and just as wrong when there is no step x.
            return Stream.of(new StepReference(expr.select().field(), positions.getOrDefault(expr.id(), -1) + 1));
        }
        if (expr.getKind() == Kind.CALL
                && expr.call().function().equals("_[_]")
                && isSteps(expr.call().args().getFirst())) {
            CelExpr key = expr.call().args().get(1);
            if (key.getKind() == Kind.CONSTANT && key.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
                return Stream.of(new StepReference(key.constant().stringValue(), positions.getOrDefault(key.id(), 0)));
            }
        }
        return Stream.empty();
    }

    private static boolean isSteps(CelExpr expr) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals("steps");
    }
}
