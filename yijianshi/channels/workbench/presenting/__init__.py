"""What the workbench's pages show: views of the rooms below turned into lines, words and pictures. No decisions."""
