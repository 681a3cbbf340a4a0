package dev.mortise.kernel.openapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of everything that runs at the moment. It is put together when it is asked for and kept until a
 * plugin comes, goes or changes.
 */
public final class ApiDocument {
    private final DocumentFrame frame;
    private final Supplier<List<Part>> parts;
    private volatile @Nullable Kept kept;

    /**
     * @param version the server's version
     * @param parts the kernel's part and those of all running plugins
     */
    public ApiDocument(String version, Supplier<List<Part>> parts) {
        this.frame = new DocumentFrame(version);
        this.parts = parts;
    }

    /**
     * One plugin's part.
     *
     * @param fragment as {@link ResourceReader#read} returns it; the same object as long as nothing changes
     */
    public record Part(String plugin, String version, ObjectNode fragment) {}

    /**
     * A document as it is sent.
     *
     * @param tag changes with the content
     */
    @SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
    record Text(byte[] content, String tag) {}

    private record Kept(List<Part> parts, ObjectNode document, Text json) {
        /** Compares the fragments by identity, which is quick; they hold no classes, so that they may be held here. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(List<Part> others) {
            if (others.size() != parts.size()) {
                return false;
            }
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).fragment() != others.get(i).fragment()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns the document as JSON. */
    Text json() {
        return current().json();
    }

    /** Returns the document as YAML 1.2. */
    Text yaml() {
        Kept current = current();
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .build();
        Map<?, ?> tree = JsonMapper.shared().convertValue(current.document(), Map.class);
        String text = new Dump(settings).dumpToString(tree);
        return new Text(text.getBytes(StandardCharsets.UTF_8), current.json().tag() + "-yaml");
    }

    private Kept current() {
        List<Part> now = parts.get();
        Kept known = kept;
        if (known != null && known.isOf(now)) {
            return known;
        }
        ObjectNode document = frame.around(now);
        byte[] content = JsonMapper.shared().writeValueAsBytes(document);
        Kept made = new Kept(List.copyOf(now), document, new Text(content, tag(content)));
        kept = made;
        return Objects.requireNonNull(made);
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
