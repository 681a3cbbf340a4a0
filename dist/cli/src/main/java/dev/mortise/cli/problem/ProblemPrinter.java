package dev.mortise.cli.problem;

import dev.mortise.api.error.MortiseException;
import dev.mortise.cli.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns whatever ends a command early into lines for people, or into one JSON object where {@code --json} was given.
 *
 * @since 0.1
 */
public final class ProblemPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final ExitCodes exitCodes = new ExitCodes();

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        ExitCode exitCode;
        Problem problem;
        switch (failure) {
            case CliException known -> {
                exitCode = known.exitCode();
                problem = known.problem();
            }
            case MortiseException known -> {
                exitCode =
                        exitCodes.of(known.errorCode().code(), known.errorCode().category());
                problem = new Problem(known.errorCode().code(), text(known), known.remedy(), null);
            }
            default -> {
                exitCode = ExitCode.FAILURE;
                problem = new Problem(
                        "cli.unexpected",
                        failure.getClass().getSimpleName() + ": " + text(failure),
                        "Run the command again with --verbose and report what it prints",
                        null);
            }
        }
        print(problem, command);
        if (given("--verbose", command)) {
            failure.printStackTrace(command.getErr());
        }
        return exitCode.number();
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        if (text(failure).startsWith("Missing required subcommand")) {
            command.usage(err);
            return ExitCode.USAGE.number();
        }
        err.println("mortise: " + text(failure));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("  see: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.number();
    }

    private static void print(Problem problem, CommandLine command) {
        PrintWriter err = command.getErr();
        if (given("--json", command)) {
            err.println(JsonMapper.shared().writeValueAsString(problem));
        } else {
            err.println("mortise: " + problem.message());
            if (!problem.remedy().isBlank()) {
                err.println("  remedy: " + problem.remedy());
            }
            err.println(
                    "  code: " + problem.code() + (problem.traceId() == null ? "" : ", trace " + problem.traceId()));
        }
        err.flush();
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "no message" : message;
    }

    private static boolean given(String option, CommandLine command) {
        ParseResult parsed = command.getParseResult();
        return parsed != null && parsed.hasMatchedOption(option);
    }
}
