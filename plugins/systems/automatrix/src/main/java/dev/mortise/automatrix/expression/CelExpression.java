package dev.mortise.automatrix.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** An expression that CEL evaluates. */
final class CelExpression implements Expression {
    /** CEL gives the place of a failure in its message only. */
    private static final Pattern PLACE = Pattern.compile("evaluation error at <input>:(\\d+): (.*)", Pattern.DOTALL);

    private final String source;
    private final CelRuntime.Program program;
    private final List<StepReference> stepReferences;

    CelExpression(String source, CelRuntime.Program program, List<StepReference> stepReferences) {
        this.source = source;
        this.program = program;
        this.stepReferences = List.copyOf(stepReferences);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<StepReference> stepReferences() {
        return stepReferences;
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        Map<String, Object> variables = Map.of(
                "input", CelValues.toCel(scope.input()),
                "steps", CelValues.toCel(scope.steps()),
                "run", CelValues.toCel(scope.run()));
        try {
            return CelValues.toJson(program.eval(variables));
        } catch (CelEvaluationException failure) {
            Matcher place = PLACE.matcher(String.valueOf(failure.getMessage()));
            if (place.matches()) {
                throw new EvaluationException(
                        source, Integer.parseInt(place.group(1)), shorten(place.group(2)), failure);
            }
            throw new EvaluationException(source, 0, String.valueOf(failure.getMessage()), failure);
        } catch (CelValues.UnfitException failure) {
            throw new EvaluationException(source, 0, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static String shorten(String reason) {
        int candidates = reason.indexOf(" Overload candidates:");
        return candidates < 0 ? reason : reason.substring(0, candidates);
    }
}
