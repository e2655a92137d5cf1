"""What a block of a page is: headline, standfirst, body, caption, related, furniture."""
