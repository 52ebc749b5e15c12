package io.overt.engine.placement;

import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A placement that was made.
 *
 * @param explanation null where it would have cost more than it is worth: in a large cluster, or
 *     while many wait
 */
public record Placed(Instant time, Placement placement, @Nullable Explanation explanation) {}
