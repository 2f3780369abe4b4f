/** Who may have which containers of this host restored. Believes what a request says of its requester. */
@NullMarked
package io.rewind.restore.policy;

import org.jspecify.annotations.NullMarked;
