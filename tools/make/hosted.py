"""Files that name the host: templates which both engines fill in (`extra_templates` in mkdocs.yml).

The engines give them the configuration alone, with no filter of their own and no other file to take in.
"""

#: Sets `home` to the site's address as overrides/partials/kpo/address.html does, but to '' where there is none: what
#: follows is then relative to the site's root, where these files stand.
HOME = (
    '{%- set own = namespace(url="", ends=false) -%}{%- for sign in config.site_url | default("", true) | list -%}'
    '{%- set own.ends = own.ends or sign in ["?", "#"] -%}{%- set own.url = own.url ~ ("" if own.ends else sign) -%}'
    '{%- endfor -%}{%- set whole = own.url[:7] == "http://" or own.url[:8] == "https://" -%}'
    '{%- set home = own.url ~ ("" if own.url[-1:] == "/" else "/") if whole else "" -%}\n'
)
#: After HOME: sets `root` to the path of that address, what follows its third slash with one before it.
ROOT = (
    '{%- set at = namespace(slashes=0, path="") -%}{%- for sign in home | list -%}'
    '{%- set at.slashes = at.slashes + (1 if sign == "/" else 0) -%}'
    '{%- set at.path = at.path ~ (sign if at.slashes > 2 else "") -%}{%- endfor -%}{%- set root = at.path or "/" -%}\n'
)
