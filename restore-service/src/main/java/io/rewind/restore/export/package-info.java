/**
 * A point as a folder, or an archive of it, that needs no Rewind: full CRIU images and the upper directory, an OCI bundle
 * for {@code runc restore}, a core file of each process for a debugger, and a README with the commands. Steps: rebuild
 * and prove the point as for a restore, then write what is around it. Starts nothing; does not contain the image.
 */
@NullMarked
package io.rewind.restore.export;

import org.jspecify.annotations.NullMarked;
