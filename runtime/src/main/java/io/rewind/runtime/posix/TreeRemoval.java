package io.rewind.runtime.posix;

/**
 * Removes a directory and all in it, with three descriptors and no recursion however deep it is: a directory that is
 * not empty is first moved up to the top of the tree.
 */
final class TreeRemoval {
    private final Directory tree;
    private long moved;

    private TreeRemoval(Directory tree) {
        this.tree = tree;
    }

    static void remove(Directory parent, byte[] name) {
        if (removeSingle(parent, name)) {
            return;
        }
        try (Directory tree = parent.openBeneath(name)) {
            TreeRemoval removal = new TreeRemoval(tree);
            var names = tree.list();
            while (!names.isEmpty()) {
                names.forEach(removal::flatten);
                names = tree.list();
            }
        }
        parent.removeDirectory(name);
    }

    /** Removes a child of the tree; the directories in it that are not empty become children of the tree. */
    private void flatten(byte[] child) {
        if (removeSingle(tree, child)) {
            return;
        }
        try (Directory directory = tree.openBeneath(child)) {
            for (byte[] name : directory.list()) {
                if (!removeSingle(directory, name)) {
                    moveUp(directory, name);
                }
            }
        }
        tree.removeDirectory(child);
    }

    private void moveUp(Directory from, byte[] name) {
        while (true) {
            try {
                from.rename(name, tree, PosixPath.of(Long.toString(moved++)));
                return;
            } catch (ErrnoException e) {
                // An entry of the tree has that name: it is in the way unless it is an empty directory.
                if (!e.isExisting() && !e.isNotDirectory() && e.errno() != Errno.ENOTEMPTY) {
                    throw e;
                }
            }
        }
    }

    /** False when it is a directory with entries. */
    private static boolean removeSingle(Directory directory, byte[] name) {
        try {
            directory.unlink(name);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EISDIR) {
                throw e;
            }
        }
        try {
            directory.removeDirectory(name);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOTEMPTY && !e.isExisting()) {
                throw e;
            }
            return false;
        }
    }
}
