<?php

$config = [
    'people' => [
        'exampleauth:UserPass',
        'alice:alicepass' => [
            'uid' => ['alice'],
            'mail' => ['alice@example.org'],
            'givenName' => ['Alice'],
            'sn' => ['Liddell & "Söhne" <Oxford>'],
            'displayName' => ['Alice Liddell'],
            'eduPersonAffiliation' => ['staff', 'engineering'],
        ],
        'bob:bobpass' => [
            'uid' => ['bob'],
            'mail' => ['bob@example.org'],
            'givenName' => ['Bob'],
            'sn' => ['Dodgson'],
            'displayName' => ['Bob Dodgson'],
            'eduPersonAffiliation' => ['staff'],
        ],
    ],
];
