"""Moving a VM to another account (assignVirtualMachine): what it demands, what it changes and in which order.

    request.py         what is asked for, and the errors that a move ends with
    preconditions.py   what CloudStack looks at before it changes anything
    destination.py     the networks that the VM gets, and the one that is made for an account without any
    ownership.py       whose the VM and its volumes are, and who is counted for them
    move.py            the steps in their order, with and without one transaction around them
"""
