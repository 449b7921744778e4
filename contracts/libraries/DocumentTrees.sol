// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title The Merkle tree over a batch of documents.
/// @notice Byte for byte the one of `yangshan.documents.leaves`: leaves and nodes are hashed under tags of their own, so that
/// a node never passes for a document; the last of an odd number goes up as it is.
///
/// ```
/// leaf   keccak256(0x00 | commitment)
/// node   keccak256(0x01 | left | right)
/// ```
library DocumentTrees {
    bytes1 private constant LEAF = 0x00;
    bytes1 private constant NODE = 0x01;

    /// @notice Whether a document stands in a tree of this size with this root.
    /// @param root The root.
    /// @param size How many documents the tree has; 0 has none.
    /// @param document The commitment to the document.
    /// @param sides Bit i is set if partner i stands on the left.
    /// @param partners What the way up is joined with, the lowest first.
    /// @return Whether it does.
    function includes(bytes32 root, uint256 size, bytes32 document, uint256 sides, bytes32[] calldata partners)
        internal
        pure
        returns (bool)
    {
        if (!leadsToLeaf(size, sides, partners.length)) return false;
        bytes32 here = leaf(document);
        for (uint256 i; i < partners.length; ++i) {
            here = sides >> i & 1 == 0 ? node(here, partners[i]) : node(partners[i], here);
        }
        return here == root;
    }

    /// @notice Whether these sides lead from the root of a tree of this size to exactly a leaf: the left part of a tree is
    /// the greatest power of two below its size.
    /// @param size How many leaves the tree has.
    /// @param sides Bit i is set if partner i stands on the left.
    /// @param length How many partners there are.
    /// @return Whether they do.
    function leadsToLeaf(uint256 size, uint256 sides, uint256 length) internal pure returns (bool) {
        if (length > 255 || sides >> length != 0) return false;
        for (uint256 i = length; i != 0; --i) {
            if (size < 2) return false;
            uint256 left = leftPart(size);
            size = sides >> (i - 1) & 1 == 0 ? left : size - left;
        }
        return size == 1;
    }

    /// @notice The leaf of a document.
    /// @param document The commitment to it.
    /// @return The leaf.
    function leaf(bytes32 document) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(LEAF, document));
    }

    /// @notice The hash over two hashes.
    /// @param left The one on the left.
    /// @param right The one on the right.
    /// @return The node.
    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(NODE, left, right));
    }

    /// @notice The greatest power of two below a size.
    /// @param size The size, at least 2 and below 2^32.
    /// @return power The power.
    function leftPart(uint256 size) internal pure returns (uint256 power) {
        power = size - 1;
        power |= power >> 1;
        power |= power >> 2;
        power |= power >> 4;
        power |= power >> 8;
        power |= power >> 16;
        return power - (power >> 1);
    }
}
