"""The tests of Leafdeck; README.md says how to add one."""
