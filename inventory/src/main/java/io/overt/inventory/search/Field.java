package io.overt.inventory.search;

import org.jspecify.annotations.Nullable;

/**
 * A field of the search language.
 *
 * @param name in lower case, as users write it
 * @param choices the values of a {@link FieldType#CHOICE}
 * @param inFreeText whether free text looks here; only for texts
 */
record Field(
    String name,
    FieldType type,
    Accessor accessor,
    @Nullable Choices choices,
    boolean inFreeText) {}
