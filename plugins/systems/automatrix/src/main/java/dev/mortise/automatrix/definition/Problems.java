package dev.mortise.automatrix.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects what is wrong while a source is read. Used by one thread. */
final class Problems {
    private static final int MOST = 100;

    private final List<Problem> found = new ArrayList<>();

    /** Reports a problem at the beginning of a node. */
    void add(Node node, String path, String message, String remedy) {
        add(node.getStartMark(), 0, path, message, remedy);
    }

    /** Reports a problem inside a text, at the character from 0. */
    void addInside(ScalarNode node, int offset, String path, String message, String remedy) {
        if (isOnOneLine(node)) {
            int quote = node.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
            add(node.getStartMark(), quote + offset, path, message, remedy);
        } else {
            String place = message + " (character " + (offset + 1) + " of the text that begins here)";
            add(node.getStartMark(), 0, path, place, remedy);
        }
    }

    /** Reports a problem at a mark, or at the beginning when there is none. */
    void add(Optional<Mark> mark, int right, String path, String message, String remedy) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1 + right;
        if (found.size() < MOST) {
            found.add(new Problem(line, column, path, message, remedy));
        }
    }

    /** Returns whether the characters of the value stand in the source one by one, so that columns can be counted. */
    private static boolean isOnOneLine(ScalarNode node) {
        ScalarStyle style = node.getScalarStyle();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            return false;
        }
        int quotes = style == ScalarStyle.PLAIN ? 0 : 2;
        int length = node.getEndMark().map(Mark::getIndex).orElse(0)
                - node.getStartMark().map(Mark::getIndex).orElse(0);
        return length - quotes
                == node.getValue().codePointCount(0, node.getValue().length());
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    DefinitionException toException() {
        List<Problem> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new DefinitionException(inOrder);
    }
}
