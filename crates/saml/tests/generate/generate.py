"""Regenerates tests/cases and tests/c14n; a second run changes nothing."""

import sys

import keys

sys.dont_write_bytecode = True


def main():
    keys.make_missing()
    import canonicalization, controls, encryption, meaning, reading, references, signatures, speed, texts, trust, vectors, wrapping
    from case import CASES, write_all

    for family in (controls, wrapping, signatures, references, reading, canonicalization, texts, trust, encryption, meaning):
        family.cases()
    write_all()
    speed.write_all()
    print(f"{len(CASES)} cases, {vectors.write_all()} vectors")


if __name__ == "__main__":
    main()
