package dev.mortise.automotive.intent;

import java.util.List;
import org.apache.ibatis.annotations.Param;

/** The table {@code example_vector}. */
interface VectorMapper {
    /** Returns all that is kept for a model: a few hundred rows. */
    List<Row> ofModel(@Param("model") String model);

    /** Keeps rows; one that is there already stays as it is. */
    int insert(@Param("model") String model, @Param("rows") List<Row> rows);

    /**
     * One vector.
     *
     * @param textHash SHA-256 of the example
     * @param vector 4 bytes for each dimension: IEEE 754 single, most significant byte first
     */
    record Row(String textHash, byte[] vector) {}
}
