"""What is found and written down, in words for doctors: shared by pictures, pages, reports and texts."""
