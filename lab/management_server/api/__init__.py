"""CloudStack's HTTP API, as far as Warden needs it.

    server.py       HTTP, and the lab's ways to make it slow, failing or mute
    signature.py    who asks, and whether the request is really theirs
    commands.py     THE list of commands
    request.py      what a command gets; parameters by name and kind
    errors.py       CloudStack's error codes and bodies
    virtual_machines.py  assignment.py  accounts.py  infrastructure.py  networks.py  history.py
                    the commands
"""
