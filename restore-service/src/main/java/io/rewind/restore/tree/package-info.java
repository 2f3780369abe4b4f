/**
 * Builds a file tree from entries whose contents lie ready as numbered files beside it: owners, modes, times, attributes,
 * links, whiteouts, fifos and sockets as they were. Makes no device but the whiteout and follows no link (I9); does not
 * look at what the tree is for.
 */
@NullMarked
package io.rewind.restore.tree;

import org.jspecify.annotations.NullMarked;
